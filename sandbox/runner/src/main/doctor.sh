# shellcheck shell=sh disable=SC2154 # the launcher sets the other variables
# Checks whether the platform can run on this machine. Each check prints one line, which says what to do if the check fails.
# ./platform doctor runs all checks. The other commands run the checks that they need, and print only failures.

quiet=
faults=0
memory_mb=1500
longest_folder=300
disk_mb=2000

# These functions use printf, because echo may interpret a backslash in a folder's name.
ok() { [ -n "$quiet" ] || printf 'ok     %s\n' "$*"; }

note() { [ -n "$quiet" ] || printf 'note   %s\n' "$*"; }

fault() {
  faults=$((faults + 1))
  if [ -n "$quiet" ]; then printf 'platform: %s\n' "$*" >&2; else printf 'FAULT  %s\n' "$*"; fi
}

# Runs the checks in the arguments, and exits if one of them fails.
stop_at_faults() {
  quiet=yes
  for check in "$@"; do
    "$check"
  done
  [ $faults -eq 0 ] || exit 1
}

# Runs all checks. The variable port contains the port for callers of the reverser.
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
    *) fault "the sandbox's database is built for Linux on x86-64, and this is $(uname -s -m); use a Linux machine, a virtual machine, or WSL" ;;
  esac
}

check_jdk() {
  jdk=$(find_jdk)
  if [ -n "$jdk" ]; then ok "JDK $java_release in $jdk"; else fault "$jdk_missing"; fi
}

check_folder() {
  case $here in
    *:*) fault "the folder $here has a colon in its name, which separates entries of Java's class path; rename the folder" ;;
  esac
  [ ${#here} -le $longest_folder ] || fault "the folder's path has ${#here} characters, and MariaDB allows at most $longest_folder; clone into another folder"
  if [ ! -w "$here" ]; then
    fault "the folder $here is not writable, and the build writes into it; change its owner, or clone as your own user"
  elif [ ! -x "$here/mvnw" ]; then
    fault "programs in the folder $here cannot run: it is mounted noexec, or files lost their permissions; clone into another folder"
  else
    ok "the folder $here"
  fi
}

check_line_ends() {
  changed=$(grep -l "$(printf '\r')" "$here/mvnw" "$here"/*/*/src/main/*.options "$here"/*/src/main/app/*.options "$here"/.ci/* 2>/dev/null | head -n 1)
  if [ -n "$changed" ]; then
    fault "$changed and other files have Windows line endings; clone again with: git clone --config core.autocrlf=input"
  else
    ok "line endings"
  fi
}

# Java always uses /tmp; shells and Node use TMPDIR.
check_temporary_folder() {
  for folder in /tmp ${TMPDIR:+"$TMPDIR"}; do
    if [ -d "$folder" ] && [ -w "$folder" ]; then
      ok "the temporary folder $folder"
    else
      fault "the temporary folder $folder is missing or not writable; create it, or set TMPDIR to another folder"
    fi
  done
}

# Whether a folder is writable or, if it does not exist, can be created.
can_be_written() {
  existing=$1
  while [ ! -e "$existing" ]; do
    existing=$(dirname -- "$existing")
  done
  [ -d "$existing" ] && [ -w "$existing" ]
}

check_home() {
  if [ -z "$HOME" ]; then
    fault "HOME is not set, and Maven stores its downloads there; set it, for example: HOME=/tmp/home ./platform up"
  elif ! can_be_written "$HOME/.m2"; then
    fault "HOME is $HOME, and Maven cannot write to $HOME/.m2; set another one, for example: HOME=/tmp/home ./platform up"
  else
    ok "HOME is $HOME"
  fi
}

# Prints only the names of the proxy variables, because a proxy's address can contain a password.
check_proxies() {
  proxies=$(env | cut -d= -f1 | grep -iE '^(http|https|all)_proxy$' | sort | tr '\n' ' ')
  options=$(env | cut -d= -f1 | grep -E '^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$' | tr '\n' ' ')
  [ -z "$proxies" ] || note "a proxy is set (${proxies% }): npm and apt-get use it; Maven's proxy is in ~/.m2/settings.xml; calls on this machine do not use a proxy"
  [ -z "$options" ] || note "JVM options are set (${options% }): the build uses them, the functions and the reverser do not"
}

# Whether a process listens on a port, on the loopback address or all addresses of IPv4 or IPv6 (proc_net(5)).
is_taken() {
  grep -qE "^ *[0-9]+: (0100007F|0{8}|0{32}|0{24}01000000):$(printf '%04X' "$1") [0-9A-F:]+ 0A " /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

check_ports() {
  for needed in "$port" $((port + 1)); do
    if is_taken "$needed"; then
      fault "port $needed is taken; stop the process that uses it, or choose other ports: ./platform up --port 9080"
    else
      ok "port $needed is free"
    fi
  done
}

check_disk() {
  free=$(($(df -Pk "$here" | awk 'NR == 2 { print $4 }') / 1024))
  if [ "$free" -lt $disk_mb ] && [ ! -e "$here/sandbox/runner/target/class-path" ]; then
    fault "$free MB of disk are free in $here, and the first build needs $disk_mb MB; free some space"
  else
    ok "$free MB of disk are free"
  fi
}

# Checks the available memory of this machine or, if it is lower, the memory limit of the container.
check_memory() {
  available=$(($(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) / 1024))
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [ "$limit" != max ] && [ $((limit / 1048576)) -lt $available ]; then
    available=$((limit / 1048576))
  fi
  if [ $available -lt $memory_mb ]; then
    fault "$available MB of memory are available, and the platform needs $memory_mb MB; stop another program, or give the machine more memory"
  else
    ok "$available MB of memory are available"
  fi
}

check_node() {
  if command -v npm >/dev/null; then
    ok "Node and npm"
  else
    note "Node and npm are not installed: up does not need them, test skips some tests, and synth and deploy need Node 20 or later (nodejs.org)"
  fi
}

# Finds a running sandbox, and processes of a killed sandbox: without setpriv, these run until the next sandbox starts.
check_leftovers() {
  lock=$here/sandbox/runner/target/sandbox/lock
  if [ -s "$lock" ] && grep -q UpCommand "/proc/$(cat "$lock")/cmdline" 2>/dev/null; then
    fault "a sandbox already runs in this folder, as process $(cat "$lock"); stop it first"
  fi
  grep -l REVERSER_SANDBOX_OWNER= /proc/[0-9]*/environ 2>/dev/null | while read -r environment; do
    owner=$(tr '\0' '\n' <"$environment" 2>/dev/null | sed -n 's/^REVERSER_SANDBOX_OWNER=//p')
    [ -z "$owner" ] || [ -e "/proc/$owner" ] || note "process $(basename "$(dirname "$environment")") belongs to a sandbox that was killed; the next start ends it"
  done
}
