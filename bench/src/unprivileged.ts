/** Options of a spawn: what is measured runs as an unprivileged user, as on Lambda, when the measuring is started by root. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 993, gid: 993 } : {};
