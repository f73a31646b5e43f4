/** The lines of a text, whichever of the three line endings it has. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}
