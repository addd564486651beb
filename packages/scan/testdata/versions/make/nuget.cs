using System;
using NuGet.Versioning; string? l; while((l=Console.ReadLine())!=null){ var p=l.Split('\t'); if(NuGetVersion.TryParse(p[0],out var a)&&NuGetVersion.TryParse(p[1],out var b)) Console.WriteLine(p[0]+"\t"+p[1]+"\t"+Math.Sign(VersionComparer.VersionRelease.Compare(a,b))); }
