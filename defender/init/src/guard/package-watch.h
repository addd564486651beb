/* Notices that somebody changes the init's own files in the package, whatever sections the policy has. */
#ifndef RINGFENCE_PACKAGE_WATCH_H
#define RINGFENCE_PACKAGE_WATCH_H

/* From here on a change is told as tampering, after it was made: the file section prevents it, and so does a package
 * that the function's user can't write to. Where the kernel has no room for a watch, nothing is noticed. */
void package_watch_open(void);

#endif
