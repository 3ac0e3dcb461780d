#!/bin/bash
# supervise.sh FOLDER COMMAND…: runs COMMAND until it ends, or until this program's input says `stop` or ends. Then nothing
# of it is left, whatever became of the tests; when the input just ended (they were killed), FOLDER is removed, too.
folder=$1
shift
exec 3<&0
set -m # each background job gets a process group of its own
"$@" </dev/null 3<&- &
server=$!
(
  read -r word <&3
  [ "$word" = stop ]
) &
reader=$!
exec 2>/dev/null # what the shell itself says of jobs that were ended

wait -n "$server" "$reader"
kill -TERM -- "-$server"
for _ in $(seq 1 50); do
  kill -0 -- "-$server" || break
  sleep 0.1
done
kill -KILL -- "-$server"
if ! kill -0 "$reader"; then
  wait "$reader" || rm -rf -- "$folder"
fi
kill -KILL -- "-$reader"
exit 0
