#!/usr/bin/env bash
# Makes shaded.jar anew with Maven and its shade plugin, from what Debian's maven, libmaven-shade-plugin-java, libgoogle-gson-java and
# libcommons-io-java install. The classes are taken out again: they are not ours, and nothing here reads them.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>shop</artifactId><version>1.0.0</version>
  <dependencies>
    <dependency><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>2.10</version></dependency>
    <dependency><groupId>commons-io</groupId><artifactId>commons-io</artifactId><version>2.11.0</version></dependency>
  </dependencies>
</project>
END
plugins=org.apache.maven.plugins
(cd "$work" && mvn -o -q -Dmaven.repo.local=/usr/share/maven-repo $plugins:maven-jar-plugin:3.3.0:jar $plugins:maven-shade-plugin:3.4.1:shade)
cp "$work/target/shop-1.0.0.jar" shaded.jar
zip -qd shaded.jar '*.class' '*/pom.xml'
