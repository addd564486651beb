#!/usr/bin/env bash
# Makes shop.deps.json and packages.lock.json anew with the .NET SDK (10.0): restore with a lockfile, then publish.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/shop" "$work/own"
cat > "$work/own/own.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
END
cat > "$work/shop/shop.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="RestSharp" Version="108.0.1" />
    <PackageReference Include="Serilog.Sinks.Console" Version="6.1.1" />
    <ProjectReference Include="../own/own.csproj" />
  </ItemGroup>
</Project>
END
echo 'return;' > "$work/shop/Program.cs"
(cd "$work/shop" && dotnet publish --nologo -v quiet -o "$work/out" && dotnet list package --include-transitive) > "$work/list"
grep -E '^ +> ' "$work/list" | awk '{ print $2 "@" $NF }' | sort -f > dotnet-list.txt
cp "$work/out/shop.deps.json" "$work/shop/packages.lock.json" .
