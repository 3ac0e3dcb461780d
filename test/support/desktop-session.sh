#!/usr/bin/env bash
# desktop-session.sh COMMAND [ARGUMENT…]
#
# Runs COMMAND in a throw-away Linux desktop without a screen: X server, window manager, D-Bus session, notification
# daemon (dunst), tray host (xfce4-panel) and an unlocked, empty keyring. Ends with COMMAND's exit status.
# Everything lives in one temporary folder, $DESKTOP_SESSION_DIR, and is gone afterwards:
#   notifications.jsonl   every notification the daemon accepted, one JSON object a line
#   log/                  what each part printed
#
# DESKTOP_SESSION_PARTS  which parts to start (default "keyring wm notify tray")
# DESKTOP_SESSION_SCREEN size and depth (default 1280x800x24)
set -euo pipefail

readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly SELF=$HERE/$(basename "${BASH_SOURCE[0]}")

fail() { echo "desktop-session: $*" >&2; exit 70; }

# Repeats a test 20 times a second for up to 10 seconds.
wait_until() {
  for _ in $(seq 200); do "$@" && return 0; sleep 0.05; done
  return 1
}

# Waits for a child, also when a trapped signal interrupts the wait; sets $status.
wait_for() { status=0; wait "$1" || status=$?; }

# ---------------------------------------------------------------- outside: folder, X server, D-Bus

outer() {
  [ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT…]" >&2; exit 64; }
  for program in Xvfb dbus-run-session; do
    command -v "$program" >/dev/null || fail "$program is missing; run: node config/scripts/system-packages.mjs desktop"
  done
  dir=$(mktemp -d "${TMPDIR:-/tmp}/desktop-session.XXXXXX")
  x_pid=
  trap clean_up EXIT
  make_environment
  start_x

  # In the background, so that a signal for this script is acted on at once. COMMAND's stderr goes round the
  # D-Bus daemon's, which has a log file of its own.
  dbus-run-session -- "$SELF" --inside "$@" <&0 4>&2 2>"$dir/log/dbus" &
  session=$!
  # dbus-run-session passes no signal on: tell the script inside, and the session ends with it.
  trap 'kill -TERM "$(cat "$dir/inside.pid" 2>/dev/null || echo "$session")" 2>/dev/null; wait "$session"; exit 143' TERM INT HUP
  wait_for "$session"
  exit "$status"
}

clean_up() {
  [ -z "$x_pid" ] || kill "$x_pid" 2>/dev/null || true
  rm -rf "$dir" 2>/dev/null || { sleep 0.5; rm -rf "$dir"; }
}

make_environment() {
  mkdir -m 700 "$dir"/{runtime,config,data,cache,log}
  unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
  export DESKTOP_SESSION_DIR=$dir
  export XDG_RUNTIME_DIR=$dir/runtime XDG_CONFIG_HOME=$dir/config XDG_DATA_HOME=$dir/data XDG_CACHE_HOME=$dir/cache
  export XDG_SESSION_TYPE=x11 XDG_CURRENT_DESKTOP=XFCE GTK_USE_PORTAL=0 NO_AT_BRIDGE=1
}

start_x() {
  Xvfb -displayfd 3 -screen 0 "${DESKTOP_SESSION_SCREEN:-1280x800x24}" -nolisten tcp -noreset \
    3>"$dir/display" >"$dir/log/xvfb" 2>&1 &
  x_pid=$!
  wait_until test -s "$dir/display" || { cat "$dir/log/xvfb" >&2; fail 'the X server did not start'; }
  export DISPLAY=":$(tr -d '\n' <"$dir/display")"
}

# ---------------------------------------------------------------- inside the D-Bus session

inside() {
  exec 2>&4 4>&-
  dir=$DESKTOP_SESSION_DIR
  echo $$ >"$dir/inside.pid"
  parts=()
  trap 'for part in "${parts[@]}"; do kill "$part" 2>/dev/null || true; done' EXIT
  # A container has no system bus; Chromium's log stays quiet when the session bus answers for it.
  [ -S /run/dbus/system_bus_socket ] || export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS

  for part in ${DESKTOP_SESSION_PARTS-keyring wm notify tray}; do "start_$part"; done
  "$@" <&0 &
  command=$!
  trap 'kill -TERM "$command" 2>/dev/null; wait "$command"; exit 143' TERM INT HUP
  wait_for "$command"
  exit "$status"
}

# Starts a part in the background: start_part NAME COMMAND… (without "<&0" it would read from /dev/null)
start_part() { local name=$1; shift; "$@" <&0 >"$dir/log/$name" 2>&1 & parts+=($!); }

is_owned() {
  [ "$(gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus \
    -m org.freedesktop.DBus.NameHasOwner "$1" 2>/dev/null)" = '(true,)' ]
}

wait_for_name() { wait_until is_owned "$1" || { tail -n 20 "$dir"/log/* >&2; fail "nobody owns $1"; }; }

start_keyring() {
  # An empty password creates and unlocks the collection "login" without a prompt.
  start_part keyring gnome-keyring-daemon --foreground --unlock --components=secrets <<<''
  wait_for_name org.freedesktop.secrets
}

start_wm() { start_part openbox openbox; }

start_notify() {
  cat >"$dir/config/dunstrc" <<CONFIG
[global]
    follow = none
    offset = 10x10
    history_length = 200
    idle_threshold = 0
    show_indicators = no
    font = Sans 10
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
[record]
    summary = "*"
    script = "$HERE/record-notification.mjs"
CONFIG
  start_part dunst dunst -conf "$dir/config/dunstrc"
  wait_for_name org.freedesktop.Notifications
}

start_tray() {
  local folder=$dir/config/xfce4/xfconf/xfce-perchannel-xml
  mkdir -p "$folder"
  cat >"$folder/xfce4-panel.xml" <<'CONFIG'
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array"><value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=640;y=785"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
CONFIG
  start_part xfce4-panel xfce4-panel --disable-wm-check
  wait_for_name org.kde.StatusNotifierWatcher
}

if [ "${1:-}" = --inside ]; then shift; inside "$@"; else outer "$@"; fi
