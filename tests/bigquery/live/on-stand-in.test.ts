import { startGoogleSql } from '../googlesql/googlesql-service.ts';
import { makeMemoryDatabase } from '../googlesql/memory-database.ts';
import { openStandIn, projectId } from '../open-stand-in.ts';
import { placeStories } from './place-stories.ts';

placeStories('on the stand-in', async () => {
  const service = await startGoogleSql();
  const {
    place: location,
    client,
    warehouse,
    standIn,
    openAgain,
    close,
  } = await openStandIn(makeMemoryDatabase(service), 'stories');
  return {
    location,
    client,
    project: { projectId, prefix: 'stories', region: 'US' },
    slowDown: (isSlow) => standIn.setPace(isSlow ? 100 : 1),
    open: openAgain,
    change: (sql) => warehouse.define([sql]),
    close: async () => {
      // A server that is left behind keeps the whole suite from ending.
      await close().finally(service.stop);
    },
  };
});
