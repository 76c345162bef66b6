# The bill of materials of one image, out of the distribution's: the components whose jars it has, its Java
# runtime and the packages of its base.
#
#   $image     its name, such as ppe-server
#   $jars      the jars in its lib/, a name a line
#   $java      the file `release` of its runtime
#   $packages  a line each, "name version architecture"; nothing where the base is not ours

def lines: split("\n") | map(select(. != ""));

def jar: "\(.name)-\(.version).jar";

# What a jar was copied into, not a jar itself: the charts of pages, with what they were made of.
def charts: .group == "org.mvnpm";

def runtime:
  ($java | capture("JAVA_VERSION=\"(?<version>[^\"]+)\"").version) as $version
  | {
      type: "platform",
      "bom-ref": "pkg:generic/openjdk@\($version)",
      name: "openjdk",
      version: $version,
      description: ($java | capture("MODULES=\"(?<modules>[^\"]+)\"").modules | "Modules \(.)"),
      licenses: [{expression: "GPL-2.0-only WITH Classpath-exception-2.0"}],
      purl: "pkg:generic/openjdk@\($version)"
    };

def package:
  split(" ")
  | "pkg:deb/debian/\(.[0])@\(.[1] | @uri)?arch=\(.[2])" as $purl
  | {type: "library", "bom-ref": $purl, name: .[0], version: .[1], purl: $purl};

($jars | lines) as $jars
| ($jars | map({(.): true}) | add) as $here
| [.components[] | select($here[jar] or (charts and any($jars[]; startswith("ppe-report-"))))] as $libraries
| ($libraries + [runtime] + ($packages | lines | map(package))) as $components
| ($components | map({(."bom-ref"): true}) | add) as $listed
| ($jars - ["ppe.jar"] - ($libraries | map(jar))) as $unknown
| if $unknown != [] then error("no component of the distribution is \($unknown | join(", "))") else . end
| .metadata.component |= (. + {type: "container", name: $image, "bom-ref": $image} | del(.group, .purl, .description))
| .components = $components
| .dependencies = [
    {ref: $image, dependsOn: ($components | map(."bom-ref"))},
    (.dependencies[] | select($listed[.ref]) | if .dependsOn then .dependsOn |= map(select($listed[.])) else . end)
  ]
