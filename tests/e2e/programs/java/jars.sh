# shellcheck shell=bash
# The jars that pom.xml names and jars.sha256 pins, in $folder/lib: source it
# behind lib.sh.
java_home=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
need java javac
jars() {
  rm -rf "${folder:?}/lib"
  mvn -B -q -C -f "$java_home/pom.xml" -Dmaven.repo.local="$folder/maven" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DoutputDirectory="$folder/lib" &&
    (cd "$folder/lib" && sha256sum --quiet -c "$java_home/jars.sha256") &&
    rm -rf "$folder/maven"
}
[[ -d $folder/lib ]] || need mvn
fetch jars "$java_home/pom.xml" "$java_home/jars.sha256"
