package dev.ppe.server;

import dev.ppe.simulator.SimulatorVersion;
import dev.ppe.wire.LocalEstimator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Which build this is, told by the code that answers are made with: SHA-256 over the names and
 * contents of the simulator's and the wire's classes and resources. It is the same on all replicas
 * of a build, and another one as soon as answers could be.
 *
 * <p>What a build tool writes about the build itself, under {@code META-INF}, does not count.
 */
final class BuildDigest {
  private static final int DIGITS = 16;
  private static final String ABOUT_THE_BUILD = "META-INF/";

  private BuildDigest() {}

  /** This build's, 16 hexadecimal digits. */
  static String current() {
    return of(List.of(codeOf(SimulatorVersion.class), codeOf(LocalEstimator.class)));
  }

  /** The digest of jars and folders of classes, in their order. */
  static String of(List<Path> code) {
    MessageDigest digest = sha256();
    try {
      for (Path part : code) {
        for (Map.Entry<String, byte[]> file : contents(part).entrySet()) {
          digest.update((file.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  /** The digests of all files by their names, in the names' order. */
  private static Map<String, byte[]> contents(Path part) throws IOException {
    return Files.isDirectory(part) ? ofFolder(part) : ofJar(part);
  }

  private static Map<String, byte[]> ofFolder(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      try (InputStream in = Files.newInputStream(file)) {
        put(contents, name, in);
      }
    }
    return contents;
  }

  private static Map<String, byte[]> ofJar(Path path) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (JarFile jar = new JarFile(path.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (!entry.isDirectory()) {
          try (InputStream in = jar.getInputStream(entry)) {
            put(contents, entry.getName(), in);
          }
        }
      }
    }
    return contents;
  }

  private static void put(Map<String, byte[]> contents, String name, InputStream in)
      throws IOException {
    if (!name.startsWith(ABOUT_THE_BUILD)) {
      contents.put(name, sha256().digest(in.readAllBytes()));
    }
  }

  private static Path codeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("there is no telling where " + type + " comes from");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
