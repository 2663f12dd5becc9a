# Sourced by `run` and `test`, which set `here` to this folder. `prepare` is the one function they call: it makes the
# clone's own Python environment and sees to the libraries of the system that Qt needs. It is silent, and done within a
# few hundredths of a second, when all is there. Everything it says goes to standard error.

root=$(dirname "$here")
venv=$root/.venv
stamp=$venv/setup.stamp # what was installed, from which files, where; empty while an installation is under way

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# prepare run|test
prepare() {
    libraries=$(missing_libraries)
    packages=$libraries
    is_ready "$1" || find_python || packages="$packages $python_packages"
    # shellcheck disable=SC2086 # a list of package names
    [ -z "$packages" ] || install_packages $packages || true

    # One at a time: the lock is this folder itself. Where there is no flock, two first starts at once are not guarded.
    is_ready "$1" || (flock 9 2>/dev/null || true; is_ready "$1" || make_environment "$1") 9<"$here" || exit 1

    [ -z "$libraries" ] || [ -z "$(missing_libraries)" ] || qt_loads ||
        fail "Qt cannot be loaded without these libraries. Nothing was started."
}

# Whether the environment is whole, in its place, and made from the very files that lie here.
is_ready() {
    [ -x "$venv/bin/python" ] && grep -qxF "$(fingerprint) $1 $root" "$stamp" 2>/dev/null
}

fingerprint() { cat "$root/pyproject.toml" "$here/constraints.txt" | cksum; }

make_environment() {
    [ ! -e "$venv" ] || [ -e "$stamp" ] ||
        fail "$venv was not made by this command. It is left as it is; move it away, then run this again."
    find_python || fail "Python 3.11 or newer with its venv module is needed. Install it, then run this again."
    say "Setting up in $venv; the first time this takes a minute or two."
    case $(cat "$stamp" 2>/dev/null) in
    *" $root") [ -x "$venv/bin/python" ] || rm -rf "$venv" ;; # a Python that is gone cannot be mended
    *) rm -rf "$venv" ;;                                      # cut short, or the whole folder has moved
    esac
    if [ ! -d "$venv" ]; then
        { mkdir "$venv" && : >"$stamp" && "$python" -m venv "$venv" >&2; } ||
            fail "No Python environment could be made in $venv. Mend what stands above, then run this again."
    fi

    extra=
    [ "$1" = run ] || extra="[$1]"
    : >"$stamp"
    (cd "$root" && PIP_USER=0 "$venv/bin/python" -m pip --disable-pip-version-check install --quiet \
        --constraint packaging/constraints.txt --editable ".$extra") >&2 ||
        fail "The libraries could not be installed. Nothing is lost; mend what stands above, then run this again."
    {
        printf '%s run %s\n' "$(fingerprint)" "$root"
        [ "$1" = run ] || printf '%s %s %s\n' "$(fingerprint)" "$1" "$root"
    } >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

# Sets `python` to the newest Python from 3.11 on that can make environments. Otherwise returns false and sets
# `python_packages` to what Debian calls the missing piece.
find_python() {
    python_packages="python3 python3-venv"
    for name in python3.14 python3.13 python3.12 python3.11 python3 python \
        "${PYENV_ROOT:-${HOME:-/}/.pyenv}"/versions/3.*/bin/python3; do
        python=$("$name" -c 'import os, sys
if sys.version_info >= (3, 11): print(os.path.realpath(sys.executable))' 2>/dev/null) || continue
        [ -n "$python" ] || continue
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return
        python_packages=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    done
    return 1
}

# Debian's names of the packages whose libraries the loader does not know; nothing where there is no such loader.
missing_libraries() {
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 0
    needed=offscreen
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || needed="$needed desktop"
    [ -z "${DISPLAY:-}" ] || needed="$needed x11"
    [ -z "${WAYLAND_DISPLAY:-}" ] || needed="$needed wayland"
    while read -r use library package; do
        case $needed in *"$use"*) ;; *) continue ;; esac
        case $known in *"$library ("*) ;; *) printf '%s ' "$package" ;; esac
    done <<'END'
offscreen libEGL.so.1 libegl1
offscreen libGL.so.1 libgl1
offscreen libglib-2.0.so.0 libglib2.0-0
offscreen libfontconfig.so.1 libfontconfig1
offscreen libfreetype.so.6 libfreetype6
offscreen libxkbcommon.so.0 libxkbcommon0
offscreen libdbus-1.so.3 libdbus-1-3
offscreen libX11.so.6 libx11-6
offscreen libgssapi_krb5.so.2 libgssapi-krb5-2
desktop libcups.so.2 libcups2
x11 libxkbcommon-x11.so.0 libxkbcommon-x11-0
x11 libX11-xcb.so.1 libx11-xcb1
x11 libxcb-cursor.so.0 libxcb-cursor0
x11 libxcb-icccm.so.4 libxcb-icccm4
x11 libxcb-image.so.0 libxcb-image0
x11 libxcb-keysyms.so.1 libxcb-keysyms1
x11 libxcb-randr.so.0 libxcb-randr0
x11 libxcb-render-util.so.0 libxcb-render-util0
x11 libxcb-shape.so.0 libxcb-shape0
x11 libxcb-sync.so.1 libxcb-sync1
x11 libxcb-xfixes.so.0 libxcb-xfixes0
x11 libxcb-xkb.so.1 libxcb-xkb1
x11 libxcb-util.so.1 libxcb-util1
wayland libwayland-client.so.0 libwayland-client0
wayland libwayland-cursor.so.0 libwayland-cursor0
wayland libwayland-egl.so.1 libwayland-egl1
END
}

# Installs Debian or Ubuntu packages if that needs no password; otherwise prints the one line that does it.
install_packages() {
    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    if ! command -v apt-get >/dev/null; then
        say "These Debian packages, or your system's own of the same content, are missing: $*"
        return 1
    fi
    log=$(mktemp)
    if { [ -z "$sudo" ] || $sudo true; } >"$log" 2>&1; then
        say "Installing packages of the system: $*"
        $sudo apt-get update -qq >"$log" 2>&1 </dev/null || true # one broken source need not matter
        if $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends \
            -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1 </dev/null; then
            rm -f "$log"
            return
        fi
        tail -n 5 "$log" >&2
    fi
    rm -f "$log"
    say "Packages of the system are missing. Install them with this line:"
    say "    ${sudo:+sudo }apt-get update; ${sudo:+sudo }apt-get install --yes --no-install-recommends $*"
    return 1
}

qt_loads() { "$venv/bin/python" -c 'from PySide6 import QtPrintSupport, QtSvg, QtWidgets' 2>/dev/null; }
