/**
 * The database could not do it, and not because of what was asked: disk full, file system
 * read-only, connection lost, server shutting down. The message is one line and names what to look
 * at.
 */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}
