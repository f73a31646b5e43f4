/*
 * The limits of GitHub for reading and for pace, each with its source, and our own bounds beside
 * them. How much text it takes is in shared/github-limits.ts. D: documentation at docs.github.com.
 * S: published GraphQL or OpenAPI schema.
 */

/**
 * Files that one comparison lists, all on its first page. D: rest/commits "Compare two commits".
 */
export const comparisonFilesMax = 300
/** Files that can be listed of a pull request. D: rest/pulls "List pull requests files". */
export const pullFilesMax = 3_000
/** Entries of any paged list. D: using-the-rest-api/using-pagination. */
export const pageSizeMax = 100
/** Entries of a recursive tree; beyond, GitHub sets `truncated`. D: rest/git/trees. */
export const treeEntriesMax = 100_000

/** Content that may be created in a minute and in an hour. D: rate-limits-for-the-rest-api. */
export const contentPerMinute = 80
export const contentPerHour = 500
/** Our share of it; people and other programs write in the same repositories. */
export const contentShare = 0.75
/** Wait after a secondary limit that names no time. D: best-practices-for-using-the-rest-api. */
export const secondaryWaitMs = 60_000

/** Ours: a threat model larger than this is not read. */
export const documentBytesMax = 1024 * 1024
/** Ours: documents that one pull request may have. */
export const modelsMax = 60
/** Ours: changed code files in which markers are looked for, and their size. */
export const sourceFilesMax = 60
export const sourceBytesMax = 128 * 1024
/** Ours: what one query may ask for, so that GitHub answers it within its ten seconds. */
export const filesPerQuery = 40
/** Ours: pages of comments, of reviews and of review threads, of 100 each. */
export const conversationPagesMax = 10
/** Latest commits among which the last push by a person is looked for. */
export const pushedCommitsMax = 20

/** Ours: people whose permission is looked up for one pull request. */
export const peopleMax = 30
/** Ours: open pull requests that one sweep of a repository looks at. */
export const openPullsMax = 1_000
/** Ours: how long one request may take. GitHub ends its own work after ten seconds. */
export const requestMs = 25_000
