# shellcheck shell=sh disable=SC2154 # the launcher sets the other variables
# What on this machine could keep the platform from running. Each check says a line about what it looked at, and what to do
# where something is wrong. ./platform doctor runs all of them; the other commands run quietly those that matter to them.

quiet=
faults=0
memory_mb=1500
longest_folder=300
disk_mb=2000

# Not with echo, which takes a backslash in a folder's name for more than that.
ok() { [ -n "$quiet" ] || printf 'ok     %s\n' "$*"; }

note() { [ -n "$quiet" ] || printf 'note   %s\n' "$*"; }

fault() {
  faults=$((faults + 1))
  if [ -n "$quiet" ]; then printf 'platform: %s\n' "$*" >&2; else printf 'FAULT  %s\n' "$*"; fi
}

# Runs checks, and ends the command at what is wrong.
stop_at_faults() {
  quiet=yes
  for check in "$@"; do
    "$check"
  done
  [ $faults -eq 0 ] || exit 1
}

# Runs all checks for a start at a port.
examine() {
  for check in check_system check_jdk check_folder check_line_ends check_temporary_folder check_home check_proxies \
    check_ports check_disk check_memory check_node check_leftovers; do
    "$check"
  done
  [ $faults -eq 0 ]
}

check_system() {
  case $(uname -s -m) in
    'Linux x86_64')
      if [ -e /lib64/ld-linux-x86-64.so.2 ]; then
        ok "Linux on x86-64"
      else
        fault "the sandbox's database needs glibc, which this Linux lacks; use Debian, Ubuntu, Fedora or another with glibc"
      fi
      ;;
    *) fault "the sandbox's database is built for Linux on x86-64, and this is $(uname -s -m); use such a machine, a virtual one, or WSL" ;;
  esac
}

check_jdk() {
  jdk=$(find_jdk)
  if [ -n "$jdk" ]; then ok "JDK $java_release in $jdk"; else fault "$jdk_missing"; fi
}

check_folder() {
  case $here in
    *:*) fault "the folder $here has a colon in its name, which separates the entries of Java's class path; rename it" ;;
  esac
  [ ${#here} -le $longest_folder ] || fault "the folder's name has ${#here} characters, and MariaDB takes no more than $longest_folder; clone into another folder"
  if [ ! -w "$here" ]; then
    fault "the folder $here cannot be written, and the build writes into it; change its owner, or clone as the user you are"
  elif [ ! -x "$here/mvnw" ]; then
    fault "programs in the folder $here cannot be run: it is mounted noexec, or files lost their permissions; clone into another folder"
  else
    ok "the folder $here"
  fi
}

check_line_ends() {
  changed=$(grep -l "$(printf '\r')" "$here/mvnw" "$here"/*/*/src/main/*.options "$here"/*/src/main/app/*.options "$here"/.ci/* 2>/dev/null | head -n 1)
  if [ -n "$changed" ]; then
    fault "lines end as on Windows, in $changed and others; clone anew with: git clone --config core.autocrlf=input"
  else
    ok "lines end as on Linux"
  fi
}

# Java always takes /tmp, shells and Node take TMPDIR.
check_temporary_folder() {
  for folder in /tmp ${TMPDIR:+"$TMPDIR"}; do
    if [ -d "$folder" ] && [ -w "$folder" ]; then
      ok "the temporary folder $folder"
    else
      fault "the temporary folder $folder is missing or cannot be written; make it, or set TMPDIR to another"
    fi
  done
}

# Whether a folder can be made, or written into where it exists.
can_be_written() {
  existing=$1
  while [ ! -e "$existing" ]; do
    existing=$(dirname -- "$existing")
  done
  [ -d "$existing" ] && [ -w "$existing" ]
}

check_home() {
  if [ -z "$HOME" ]; then
    fault "HOME is not set, and Maven keeps there what it downloads; set it, for example: HOME=/tmp/home ./platform up"
  elif ! can_be_written "$HOME/.m2"; then
    fault "HOME is $HOME, and Maven cannot write into $HOME/.m2; set another, for example: HOME=/tmp/home ./platform up"
  else
    ok "HOME is $HOME"
  fi
}

# The names alone, because a proxy's address can hold a password.
check_proxies() {
  proxies=$(env | cut -d= -f1 | grep -iE '^(http|https|all)_proxy$' | sort | tr '\n' ' ')
  options=$(env | cut -d= -f1 | grep -E '^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$' | tr '\n' ' ')
  [ -z "$proxies" ] || note "a proxy is set (${proxies% }): downloads of npm and apt-get take it, Maven's one is in ~/.m2/settings.xml; calls on this machine go direct"
  [ -z "$options" ] || note "JVM options are set (${options% }): the build takes them, the functions and the reverser do not"
}

# Whether something listens on loopback, or on all addresses, of IPv4 or IPv6 (proc_net(5)).
is_taken() {
  grep -qE "^ *[0-9]+: (0100007F|0{8}|0{32}|0{24}01000000):$(printf '%04X' "$1") [0-9A-F:]+ 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

check_ports() {
  for needed in "$port" $((port + 1)); do
    if is_taken "$needed"; then
      fault "port $needed is taken; stop what listens there, or choose others: ./platform up --port 9080"
    else
      ok "port $needed is free"
    fi
  done
}

check_disk() {
  free=$(($(df -Pk "$here" | awk 'NR == 2 { print $4 }') / 1024))
  if [ "$free" -lt $disk_mb ] && [ ! -e "$here/sandbox/runner/target/class-path" ]; then
    fault "$free MB are free in $here, and a first build takes $disk_mb MB; make room"
  else
    ok "$free MB of disk are free"
  fi
}

# What Linux could give, and no more than a container may have.
check_memory() {
  available=$(($(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) / 1024))
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [ "$limit" != max ] && [ $((limit / 1048576)) -lt $available ]; then
    available=$((limit / 1048576))
  fi
  if [ $available -lt $memory_mb ]; then
    fault "$available MB of memory can be had, and the platform takes $memory_mb MB; stop something large, or give the machine more"
  else
    ok "$available MB of memory can be had"
  fi
}

check_node() {
  if command -v npm >/dev/null; then
    ok "Node and npm"
  else
    note "no Node and npm: up does not need them; test skips some tests, and synth and deploy need Node 20 or later (nodejs.org)"
  fi
}

# Of a sandbox that was killed: where there is no setpriv, its processes stay until the next start.
check_leftovers() {
  lock=$here/sandbox/runner/target/sandbox/lock
  if [ -s "$lock" ] && grep -q UpCommand "/proc/$(cat "$lock")/cmdline" 2>/dev/null; then
    fault "a sandbox of this folder runs already, as process $(cat "$lock"); stop it first"
  fi
  grep -l REVERSER_SANDBOX_OWNER= /proc/[0-9]*/environ 2>/dev/null | while read -r environment; do
    owner=$(tr '\0' '\n' <"$environment" 2>/dev/null | sed -n 's/^REVERSER_SANDBOX_OWNER=//p')
    [ -z "$owner" ] || [ -e "/proc/$owner" ] || note "process $(basename "$(dirname "$environment")") is left of a sandbox that was killed; the next start ends it"
  done
}
