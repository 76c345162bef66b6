package dev.ppe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same code is the same build, however and whenever it was packed. */
class BuildDigestTest {
  @TempDir private Path folder;

  private record Entry(String name, String content) {}

  private static final Entry ONE = new Entry("a/One.class", "one");
  private static final Entry TWO = new Entry("a/b/Two.class", "two");

  private Path jar(String name, long time, Entry... entries) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Entry entry : entries) {
        JarEntry header = new JarEntry(entry.name());
        header.setTime(time);
        jar.putNextEntry(header);
        jar.write(entry.content().getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return path;
  }

  private static String digest(Path... code) {
    return BuildDigest.of(List.of(code));
  }

  @Test
  void orderTimeAndWhatIsSaidOfTheBuildDoNotCount() throws IOException {
    Path jar = jar("one.jar", 1_000_000_000_000L, ONE, TWO);
    Path later = jar("two.jar", 1_500_000_000_000L, new Entry("META-INF/built", "later"), TWO, ONE);
    assertThat(digest(jar)).isEqualTo(digest(later)).matches("[0-9a-f]{16}");
    Path classes = folder.resolve("classes");
    for (Entry entry : List.of(ONE, TWO)) {
      Path file = classes.resolve(entry.name());
      Files.createDirectories(file.getParent());
      Files.writeString(file, entry.content());
    }
    assertThat(digest(classes)).isEqualTo(digest(jar));
  }

  @Test
  void otherCodeIsAnotherBuild() throws IOException {
    String digest = digest(jar("one.jar", 0, ONE, TWO));
    assertThat(digest(jar("content.jar", 0, ONE, new Entry(TWO.name(), "tow"))))
        .isNotEqualTo(digest);
    assertThat(digest(jar("name.jar", 0, ONE, new Entry("a/b/Three.class", "two"))))
        .isNotEqualTo(digest);
    assertThat(digest(jar("fewer.jar", 0, ONE))).isNotEqualTo(digest);
  }

  @Test
  void thisBuildHasOne() {
    assertThat(BuildDigest.current()).isEqualTo(BuildDigest.current()).matches("[0-9a-f]{16}");
  }
}
