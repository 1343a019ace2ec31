#!/bin/sh
# Builds libcuda.so.1, the driver of the CUDA tests, into a directory. Ends with 3 where there is no
# compiler of C++, or no Linux on x86-64.
set -eu
[ $# -eq 1 ] || { echo "usage: $0 OUTDIR" >&2; exit 2; }
sources=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
rm -f "$out/libcuda.so.1" # or tests would run one that is no longer what the sources say
[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || { echo "the CUDA test driver is for Linux on x86-64"; exit 3; }

compiler=${CXX:-}
for candidate in g++ clang++; do
  [ -n "$compiler" ] || ! command -v "$candidate" >/dev/null || compiler=$candidate
done
[ -n "$compiler" ] || { echo "no compiler of C++ (g++ or clang++): the CUDA test driver is not built"; exit 3; }

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
flags="-std=c++17 -O3 -march=native -fPIC -fvisibility=hidden -ffp-contract=off -Wall -Wextra -Werror"
# -fno-math-errno and -fno-trapping-math change no result, and let loops of conversions be vectors.
flags="$flags -fno-math-errno -fno-trapping-math"
ls "$sources"/*.cc | xargs -P 4 -I{} sh -c \
  "$compiler $flags -c -o \"$objects/\$(basename {} .cc).o\" {}"
# Beside it first: a test that runs keeps the library it has loaded.
"$compiler" -shared -Wl,-soname,libcuda.so.1 -Wl,-z,defs -pthread \
  -Wl,--version-script="$sources/exports.map" \
  -o "$out/libcuda.so.1.new" "$objects"/*.o
mv "$out/libcuda.so.1.new" "$out/libcuda.so.1"
