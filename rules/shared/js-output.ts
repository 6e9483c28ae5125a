/** The folder of the build's output that the image starts: of `node dist/main.js`, `serve -s build`. */
export function outputFolder(words: readonly string[]): string | null {
  const [program = ""] = words;
  const server = /(?:^|\/)(?:serve|http-server|ws|static-server)$/.test(program);
  if (!server && !words.some((word) => /(?:^|\/)(?:node|nodejs|pm2|pm2-runtime)$/.test(word))) return null;
  for (const word of words) {
    const folder = /^(?:\/?(?:[\w.-]+\/)*?)?(dist|build|out|output|\.output|_build)(?:\/|$)/.exec(word);
    if (folder?.[1] !== undefined && (server || /\//.test(word))) return folder[1];
  }
  return null;
}
