package dev.ppe.server;

import com.google.protobuf.LazyStringArrayList;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.ppe.v1.Node;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Bytes of everything that objects lead to, field by field: HotSpot's layout with compressed
 * references. The JDK's own lists and maps, which do not show their fields, count with as many
 * places as they may have.
 */
final class HeapSize {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int REFERENCE = 4;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  /** Nothing counts that every message shares. */
  private HeapSize() {
    seen.add(LazyStringArrayList.emptyList());
    seen.add(Node.getDefaultInstance().getInputsList()); // no numbers
    seen.add(Collections.emptyList());
  }

  /** Of some objects together. */
  static long of(Object... roots) {
    HeapSize size = new HeapSize();
    for (Object root : roots) {
      size.reach(root);
    }
    long bytes = 0;
    while (!size.open.isEmpty()) {
      bytes += size.take(size.open.remove());
    }
    return bytes;
  }

  private void reach(Object object) {
    if (object instanceof Message message) {
      seen.add(message.getDefaultInstanceForType()); // everybody's: it does not count
    }
    if (object != null && !isShared(object) && seen.add(object)) {
      open.add(object);
    }
  }

  private static boolean isShared(Object object) {
    return switch (object) {
      case Enum<?> constant -> true;
      case Boolean flag -> true;
      case MapEntry<?, ?> pattern -> true; // of a map's entries
      case Integer number -> number >= -128 && number <= 127;
      case Class<?> type -> true;
      default -> false;
    };
  }

  private long take(Object object) {
    return switch (object) {
      case String text -> 24 + aligned(ARRAY_HEADER + characters(text));
      case Integer number -> 16;
      case Collection<?> list when isOfTheJdk(list) -> {
        list.forEach(this::reach);
        yield 24
            + 24
            + aligned(ARRAY_HEADER + REFERENCE * (long) Math.max(10, 3 * list.size() / 2));
      }
      case Map<?, ?> map when isOfTheJdk(map) -> {
        map.forEach(
            (key, value) -> {
              reach(key);
              reach(value);
            });
        yield 64 + 48L * map.size() + ARRAY_HEADER + REFERENCE * Math.max(16, 3L * map.size());
      }
      case Object array when array.getClass().isArray() -> takeArray(array);
      default -> takeFields(object);
    };
  }

  private static long characters(String text) {
    return text.chars().allMatch(c -> c < 256) ? text.length() : 2L * text.length();
  }

  private static boolean isOfTheJdk(Object object) {
    return object.getClass().getName().startsWith("java.");
  }

  private long takeArray(Object array) {
    int length = Array.getLength(array);
    Class<?> type = array.getClass().getComponentType();
    if (!type.isPrimitive()) {
      for (int i = 0; i < length; i++) {
        reach(Array.get(array, i));
      }
    }
    return aligned(ARRAY_HEADER + (long) length * bytes(type));
  }

  private long takeFields(Object object) {
    long bytes = HEADER;
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      if (type.getName().startsWith("java.")) { // AbstractList: a count of changes
        bytes += Integer.BYTES;
        continue;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          bytes += bytes(field.getType());
          if (!field.getType().isPrimitive()) {
            reach(valueOf(field, object));
          }
        }
      }
    }
    return aligned(bytes);
  }

  private static Object valueOf(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int bytes(Class<?> type) {
    return switch (type.getName()) {
      case "boolean", "byte" -> 1;
      case "char", "short" -> 2;
      case "long", "double" -> 8;
      default -> REFERENCE; // an int and a float, too
    };
  }

  private static long aligned(long bytes) {
    return (bytes + 7) / 8 * 8;
  }
}
