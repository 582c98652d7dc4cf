/** What a shell is to know of a verb. */
export interface CompletedVerb {
  readonly name: string;
  readonly says: string;
  /** What the word behind the verb may be; a file, unless there are any. */
  readonly firstWords: readonly string[];
  readonly flags: readonly CompletedFlag[];
}

interface CompletedFlag {
  /** Without its dashes. */
  readonly name: string;
  readonly says: string;
  readonly takesValue: boolean;
  /** What the value may be, or its parts between commas; a file, unless there are any. */
  readonly values: readonly string[];
}

/** Shell → the script that it reads. */
export const completionScripts = { bash, zsh, fish } as const;

function bash(verbs: readonly CompletedVerb[]): string {
  return `# Completion of backcourt in bash: eval "$(backcourt completion bash)"
_backcourt() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} offers= list=
  if [ "$COMP_CWORD" -eq 1 ]; then
    offers=${quoted(['help', ...verbs.map(({ name }) => name)])}
  else
    case \${COMP_WORDS[1]} in
${verbs.map(bashCase).join('\n')}
    help) offers=${quoted(verbs.map(({ name }) => name))} ;;
    esac
  fi
  # Nothing is left to the shell, which then offers files.
  COMPREPLY=()
  [ -n "$offers" ] || return 0
  if [ -n "$list" ]; then
    local last=\${word##*,}
    COMPREPLY=($(compgen -P "\${word%"$last"}" -W "$offers" -- "$last"))
  else
    COMPREPLY=($(compgen -W "$offers" -- "$word"))
  fi
  return 0
}
complete -o default -F _backcourt backcourt
`;
}

function bashCase({ name, flags, firstWords }: CompletedVerb): string {
  const own = flags
    .filter(({ values }) => values.length > 0)
    .map((flag) => `      --${flag.name}) offers=${quoted(flag.values)} list=1 ;;`);
  const files = flags.filter((flag) => flag.takesValue && flag.values.length === 0);
  const names = ['--help', ...flags.map((flag) => `--${flag.name}`)];
  return [
    `    ${name})`,
    '      case $before in',
    ...own,
    ...(files.length > 0 ? [`      ${files.map((flag) => `--${flag.name}`).join('|')}) ;;`] : []),
    `      *) case $word in -*) offers=${quoted(names)} ;;`,
    ...(firstWords.length > 0
      ? [`        *) [ "$COMP_CWORD" -ne 2 ] || offers=${quoted(firstWords)} ;;`]
      : []),
    '        esac ;;',
    '      esac ;;',
  ].join('\n');
}

function zsh(verbs: readonly CompletedVerb[]): string {
  return `# Completion of backcourt in zsh, after compinit: eval "$(backcourt completion zsh)"
autoload -U +X bashcompinit && bashcompinit
${bash(verbs).split('\n').slice(1).join('\n')}`;
}

function fish(verbs: readonly CompletedVerb[]): string {
  const names = verbs.map(({ name }) => name);
  return `# Completion of backcourt in fish: backcourt completion fish | source
${[
  ...verbs.map(
    ({ name, says }) =>
      `complete -c backcourt -n __fish_use_subcommand -f -a ${name} -d ${quoted([says])}`,
  ),
  `complete -c backcourt -n __fish_use_subcommand -f -a help`,
  `complete -c backcourt -n '__fish_seen_subcommand_from help' -f -a ${quoted(names)}`,
  ...verbs.flatMap(fishLines),
].join('\n')}
`;
}

function fishLines({ name, flags, firstWords }: CompletedVerb): readonly string[] {
  const line = `complete -c backcourt -n '__fish_seen_subcommand_from ${name}'`;
  const first = `complete -c backcourt -n 'test (count (commandline -opc)) -eq 2; and __fish_seen_subcommand_from ${name}'`;
  return [
    ...(firstWords.length > 0 ? [`${first} -f -a ${quoted(firstWords)}`] : []),
    ...flags.map((flag) => {
      const value = flag.values.length > 0 ? ` -x -a ${fishList(flag.values)}` : ' -r';
      return `${line} -l ${flag.name}${flag.takesValue ? value : ''} -d ${quoted([flag.says])}`;
    }),
  ];
}

/** What may stand between commas, each behind what stands there already. */
function fishList(values: readonly string[]): string {
  return `'(__fish_complete_list , "echo ${values.join(' ')} | string split \\" \\"")'`;
}

/** Words as one word of a shell. */
function quoted(words: readonly string[]): string {
  return `'${words.join(' ').replaceAll("'", "'\\''")}'`;
}
