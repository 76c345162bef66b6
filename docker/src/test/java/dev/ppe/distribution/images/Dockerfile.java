package dev.ppe.distribution.images;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What image/Dockerfile says of the server's image, its first. */
public final class Dockerfile {
  private static final Path FILE = Path.of("image", "Dockerfile");

  private Dockerfile() {}

  /** What a container runs. */
  public static List<String> entrypointOfServer() throws IOException {
    return words("ENTRYPOINT");
  }

  /** Whether there is such an instruction for any image. */
  static boolean has(String instruction) throws IOException {
    return Files.readAllLines(FILE).stream().anyMatch(line -> line.startsWith(instruction + " "));
  }

  private static List<String> words(String instruction) throws IOException {
    String line =
        Files.readAllLines(FILE).stream()
            .filter(each -> each.startsWith(instruction + " "))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>();
    for (JsonElement word :
        JsonParser.parseString(line.substring(instruction.length())).getAsJsonArray()) {
      words.add(word.getAsString());
    }
    return words;
  }
}
