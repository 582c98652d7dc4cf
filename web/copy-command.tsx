import { useState } from 'preact/hooks';

/** A command that can be pasted. */
export function CopyCommand({ command }: { readonly command: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <p class="command">
      <code>{command}</code>
      <button
        type="button"
        onClick={async () => {
          await navigator.clipboard.writeText(command);
          setCopied(true);
          setTimeout(() => setCopied(false), 2000);
        }}
      >
        {copied ? 'copied' : 'copy'}
      </button>
    </p>
  );
}
