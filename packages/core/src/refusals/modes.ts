/** As `COPY --chmod` of BuildKit: octal digits up to 7777, or the symbols of chmod(1) (github.com/tonistiigi/dchapes-mode). */
export function isMode(text: string): boolean {
  return /^\d/.test(text) ? /^0*[0-7]{1,4}$/.test(text) : symbols.test(text);
}

const change = "[augo]*(?:[-+=][rwxXstugo]*)+";
const symbols = new RegExp(`^${change}(?:,${change})*$`);
