# shellcheck shell=bash
# What the `run` scripts share: source "$here/../lib.sh" FOLDER
# Exit status 77: the toolchain or its packages are not here.

folder=$1
mkdir -p "$folder"

absent() {
  echo "$*" >&2
  exit 77
}

# need COMMAND...: all of them are here.
need() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null || absent "no $command"
  done
}

# kept NAME FILE...: calls NAME where it did not succeed with these files.
kept() {
  local name=$1 stamp=$folder/.$1 want
  shift
  want=$(cat "$@" | sha256sum)
  [[ -f $stamp && $(<"$stamp") == "$want" ]] && return
  (
    flock 9
    [[ -f $stamp && $(<"$stamp") == "$want" ]] && exit 0
    rm -f "$stamp"
    "$name" >"$folder/$name.log" 2>&1 || exit 1
    echo "$want" >"$stamp"
  ) 9>"$folder/.lock"
}

# fetch NAME FILE...: the same; without it the packages are not here.
fetch() {
  kept "$@" || absent "$1: $(tail -n 1 "$folder/$1.log")"
}

# build NAME FILE...: the same; without it the program is wrong.
build() {
  kept "$@" || {
    tail -n 20 "$folder/$1.log" >&2
    exit 1
  }
}
