/** As a shell takes it. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./~#-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
