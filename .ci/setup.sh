# SPDX-License-Identifier: GPL-3.0-or-later
#
# What ./run and ./check share: the Debian packages that they need, and how a build folder is
# made. Sourced; expects `root` to be the top of the tree.

# To build and to run the window and the command line.
run_packages=(
  gcc libc6-dev pkg-config meson ninja-build gettext
  libglib2.0-dev libglib2.0-dev-bin libcairo2-dev libepoxy-dev libgtk-4-dev libsoup-3.0-dev
  libjson-glib-dev libwslay-dev libgnutls28-dev glib-networking
  libqrencode-dev libgtk-4-bin desktop-file-utils shared-mime-info
  adwaita-icon-theme librsvg2-common fonts-dejavu-core dconf-gsettings-backend
)

# What the tests need on top.
test_packages=(
  clang libclang-rt-dev python3 python3-gi python3-websockets
  xvfb xauth xdotool openbox x11-utils imagemagick dbus dbus-x11 at-spi2-core
  chromium firefox-esr
  appstream libxml2-utils nginx-light
)

say () { printf '%s\n' "$*"; }

die ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Makes the folder of all builds, and keeps a second ./run or ./check out of it meanwhile.
enter_build_folder ()
{
  mkdir -p "$root/build" 2>/dev/null && [ -w "$root/build" ] ||
    die "no right to write to $root/build, where all builds go"
  exec 9>"$root/build/lock"
  flock --nonblock 9 || { say "Waiting for another build to end"; flock 9; }
}

leave_build_folder () { exec 9>&-; }

# Installs what of "$@" is missing. Asks nothing of the network where nothing is missing.
install_missing ()
{
  local package have missing=() as_root=() log="$root/build/apt.log"

  [ "${BOARDWALK_INSTALL:-yes}" != no ] || return 0
  command -v dpkg-query >/dev/null ||
    die "this is no Debian. Install the counterparts of the packages below yourself, then set" \
        "BOARDWALK_INSTALL=no: $*"
  have=" $(dpkg-query --show -f='${db:Status-Status}:${Package} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    [[ $have == *" installed:$package "* ]] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "Installing with apt-get, which takes a few minutes: ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "there is no sudo. As root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends)
  # The package lists may be old or not there at all: then the first try fails at once.
  "${as_root[@]}" install "${missing[@]}" >"$log" 2>&1 </dev/null ||
    { "${as_root[@]}" update >>"$log" 2>&1 </dev/null &&
      "${as_root[@]}" install "${missing[@]}" >>"$log" 2>&1 </dev/null; } ||
    { tail -n 15 "$log" >&2; die "apt-get failed; all that it said is in $log"; }
}

# Whether tests/node_modules is as tests/package-lock.json says.
have_node_modules ()
{
  [ "$root/tests/node_modules/.package-lock.json" -nt "$root/tests/package-lock.json" ]
}

# Whoever has a node of another origin keeps it; with Debian's, npm is a package of its own.
node_packages ()
{
  command -v node >/dev/null || say nodejs
  have_node_modules || command -v npm >/dev/null || say npm ca-certificates
}

fetch_node_modules ()
{
  local log="$root/build/npm.log"

  ! have_node_modules || return 0
  say "Fetching the node modules of the tests"
  (cd "$root/tests" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null 9>&- ||
    { tail -n 20 "$log" >&2; die "npm could not fetch the modules of tests/"; }
  touch "$root/tests/node_modules/.package-lock.json"
}

# Installs KiCad 9 or later with its Python module: Debian's own where that is new enough, else from
# the backports of the mirror that the machine uses. Its list of sources stays as it is.
install_kicad ()
{
  local new='^(9|[1-9][0-9])\.' have codename mirror as_root=() log="$root/build/apt-kicad.log"
  local sources="$root/build/apt-sources" targets apt

  have=$(dpkg-query --show -f='${Version}' kicad 2>/dev/null || true)
  ! [[ $have =~ $new ]] || return 0
  [ "${BOARDWALK_INSTALL:-yes}" != no ] || die "KiCad 9 is not installed"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "there is no sudo, and KiCad 9 is not installed"
    as_root=(sudo)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  say "Installing KiCad 9 with apt-get: 114 MB"
  "${as_root[@]}" apt-get update >"$log" 2>&1 </dev/null || die "apt-get update failed; see $log"
  if [[ $(apt-cache policy kicad | sed -n 's/^ *Candidate: //p') =~ $new ]]; then
    install_missing kicad
    return
  fi

  codename=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  targets=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages')
  mirror=$(sed -n "s/^$codename //p" <<<"$targets" | sed -n 1p)
  [ -n "$mirror" ] || die "apt-get knows no mirror of Debian $codename"
  rm -rf -- "${sources:?}"
  mkdir -p "$sources"
  cp /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources "$sources" 2>/dev/null ||
    true # there is often only one of the two kinds
  grep -q "^$codename-backports " <<<"$targets" ||
    printf 'deb %s %s-backports main\n' "$mirror" "$codename" >"$sources/boardwalk.list"
  apt=(apt-get -y --no-install-recommends -o "Dir::Etc::sourceparts=$sources")
  "${as_root[@]}" "${apt[@]}" update >>"$log" 2>&1 </dev/null &&
    "${as_root[@]}" "${apt[@]}" install -t "$codename-backports" kicad >>"$log" 2>&1 </dev/null ||
    { tail -n 15 "$log" >&2; die "apt-get failed; all that it said is in $log"; }
}

# configure FOLDER OPTION…: a build folder with these options. One that was made with others, by
# another compiler or at another place is made anew.
configure ()
{
  local build="$1" wanted="${CC:-cc} $root $*" log="$root/build/meson.log"

  [ -f "$build/build.ninja" ] && [ "$(cat "$build/wanted" 2>/dev/null)" = "$wanted" ] &&
    return 0
  rm -rf -- "${build:?}"
  meson setup "$1" "$root" "${@:2}" >"$log" 2>&1 </dev/null ||
    { tail -n 30 "$log" >&2; rm -rf -- "${build:?}"; die "meson could not configure $build"; }
  printf '%s\n' "$wanted" >"$build/wanted"
}

# up_to_date FOLDER: whether nothing there is older than what it is made of.
up_to_date () { ninja -C "$1" -n 2>/dev/null 9>&- | grep -q 'no work to do'; }

compile ()
{
  local quiet=(--quiet)

  ! up_to_date "$1" || return 0
  [ ! -t 1 ] || quiet=()
  ninja -C "$1" "${quiet[@]}" "${@:2}" </dev/null 9>&- || die "the build in $1 failed"
}
