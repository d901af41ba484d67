#!/usr/bin/env bash
# What the agent adds to the start of Hello World, in milliseconds: medians of runs that take turns, so that whatever else the
# machine does disturbs all of them alike. "empty" is an agent with a transformer that does nothing: the JVM's own part.
#   benchmarks/startup.sh [RUNS] [JAVA_HOME...]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
agent=$root/agent/target/emucxl-agent.jar
[[ -f $agent ]] || { echo "no $agent: build first" >&2; exit 1; }
runs=${1:-20}
[[ $# -eq 0 ]] || shift
[[ $# -gt 0 ]] || set -- "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/Hello.java" <<'JAVA'
public class Hello {
    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
JAVA
cat >"$work/Empty.java" <<'JAVA'
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;

public class Empty implements ClassFileTransformer {
    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Empty());
    }
}
JAVA
printf 'version: 1\ntargets:\n  - field: com.acme.Nothing.table\n' >"$work/policy.yaml"
printf 'Premain-Class: Empty\n' >"$work/manifest"
javac --release 17 -d "$work" "$work"/*.java
jar cfm "$work/empty.jar" "$work/manifest" -C "$work" Empty.class
mkdir "$work/classes" && mv "$work/Hello.class" "$work/classes"

milliseconds() { # name, java, options
    local from=$EPOCHREALTIME name=$1
    shift
    "$@" -cp "$work/classes" Hello >/dev/null 2>&1
    local to=$EPOCHREALTIME
    echo $(((${to/[.,]/} - ${from/[.,]/}) / 100)) >>"$work/$name"
}

median() {
    sort -n "$1" | sed -n "$(((runs + 1) / 2))p"
}

for home in "$@"; do
    java=$home/bin/java
    rm -f "$work"/{plain,empty,agent}
    for ((i = 0; i < runs; i++)); do
        milliseconds plain "$java"
        milliseconds empty "$java" "-javaagent:$work/empty.jar"
        milliseconds agent "$java" "-javaagent:$agent=$work/policy.yaml"
    done
    plain=$(median "$work/plain") empty=$(median "$work/empty") with=$(median "$work/agent")
    awk -v home="$home" -v p="$plain" -v e="$empty" -v a="$with" 'BEGIN {
        printf "%s: plain %.0f ms, empty agent +%.0f, emucxl +%.0f\n", home, p / 10, (e - p) / 10, (a - p) / 10 }'
done
