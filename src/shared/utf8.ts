/** How many bytes a text takes in UTF-8: what GitHub measures check runs by. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes++
    // Half of a pair takes two of the pair's four bytes.
    if (unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff)) bytes++
  }
  return bytes
}

/** At most `bytesMax` bytes in UTF-8, never half a character. */
export function cutUtf8(text: string, bytesMax: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += utf8Length(character)
    if (bytes > bytesMax) break
    end += character.length
  }
  return text.slice(0, end)
}
