/**
 * What runs as process 1 of a sandbox's own mount and process namespaces: builds a root of its own in which the package is
 * `/var/task`, the runtime client `/var/runtime`, layers `/opt`, all read-only, with a private `/tmp`; then starts the runtime as
 * an unprivileged user, and says "started" on descriptor 3 just before.
 *
 * Arguments: new root, package, client or "-", layers or "-", interpreter's prefix or "-", cgroup or "-", the launcher
 * that makes the sandbox like Lambda or "-", user id, then the command line.
 */
export const sandboxScript = `
set -eu
root=$1 task=$2 client=$3 layers=$4 lang=$5 cgroup=$6 launcher=$7 user=$8
shift 8
[ "$cgroup" = - ] || echo 0 > "$cgroup/cgroup.procs"

# By descriptor, since no path of this machine is left below the new root.
[ "$launcher" = - ] || exec 5<"$launcher"

mount -t tmpfs -o mode=0755,size=1m,nosuid,nodev sandbox "$root"
cd "$root"
mkdir -p dev etc opt proc run tmp usr var/lang var/runtime var/task .old
bind() { mount -o rbind,ro,nosuid "$1" "$2"; }
bind /usr usr
bind /etc etc
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then cp -P "/$name" "$name"
  elif [ -d "/$name" ]; then mkdir "$name"; bind "/$name" "$name"
  fi
done
bind "$task" var/task
[ "$client" = - ] || bind "$client" var/runtime
[ "$layers" = - ] || bind "$layers" opt
[ "$lang" = - ] || bind "$lang" var/lang
ln -s ../tmp var/tmp
resolv=$(readlink -f /etc/resolv.conf || true)
case "$resolv" in
  ''|/etc/*) ;;
  *) if [ -f "$resolv" ]; then mkdir -p ".$(dirname "$resolv")"; : > ".$resolv"; bind "$resolv" ".$resolv"; fi ;;
esac
mount -t tmpfs -o mode=1777,size=512m,nosuid,nodev tmp tmp
mount -t proc -o nosuid,nodev,noexec proc proc
for name in null zero full random urandom; do
  : > "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
pivot_root . .old
umount -l .old
rmdir .old
mount -o remount,ro,nosuid,nodev sandbox /
cd /var/task

# The shell would itself say "Terminated" and the like: it keeps silent from here on.
set +e
echo started >&3
exec 4>&2 2>/dev/null
(
  [ "$launcher" = - ] || exec /proc/self/fd/5 "$user" "$@" 2>&4 3>&- 4>&-
  exec setpriv --reuid "$user" --regid "$user" --clear-groups --bounding-set=-all --inh-caps=-all -- "$@" 2>&4 3>&- 4>&-
)
exit $?
`;

/** Closes descriptors that this process got from its own parent; those up to the first argument stay. */
export const closeInherited = `
keep=$1
shift
for path in /proc/$$/fd/*; do
  fd=\${path##*/}
  [ "$fd" -le "$keep" ] || eval "exec $fd>&-"
done
exec "$@"
`;
