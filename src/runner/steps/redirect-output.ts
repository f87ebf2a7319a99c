/** Copies what a command writes to files too; it waits for the copies, as they would die with the first process. */
const script = `
out=$1 err=$2
shift 2
pipes=$(mktemp -d) || exit 1
open() {
  mkdir -p "$(dirname "$2")" && mkfifo "$pipes/$1" || exit 1
  tee "$2" <"$pipes/$1" &
}
if [ -n "$out" ]; then open out "$out"; fi
if [ -n "$err" ] && [ "$err" != "$out" ]; then open err "$err"; fi
if [ -n "$out" ] && [ "$err" = "$out" ]; then "$@" >"$pipes/out" 2>&1
elif [ -n "$out" ] && [ -n "$err" ]; then "$@" >"$pipes/out" 2>"$pipes/err"
elif [ -n "$out" ]; then "$@" >"$pipes/out"
else "$@" 2>"$pipes/err"
fi
code=$?
wait
rm -rf "$pipes"
exit $code
`;

/** The command that runs another and keeps its output in the files of stdoutConfig and stderrConfig. */
export function redirectOutput(
  argv: readonly string[],
  output: string,
  errors: string,
): readonly string[] {
  if (output === "" && errors === "") return argv;
  return ["/bin/sh", "-c", script, "sh", output, errors, ...argv];
}
