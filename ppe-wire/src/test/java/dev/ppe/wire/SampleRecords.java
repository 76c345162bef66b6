package dev.ppe.wire;

import dev.ppe.simulator.graph.Padding;
import dev.ppe.simulator.graph.Window;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random values of records, by the types of their components: new records need no code here. */
final class SampleRecords {
  private static final int LIST_LENGTH = 3;

  private final Random random;

  SampleRecords(long seed) {
    this.random = new Random(seed);
  }

  <R> R record(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(c -> value(c.getGenericType())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new AssertionError(type + " refuses " + Arrays.toString(values), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type + " is no public record", e);
    }
  }

  private Object value(Type type) {
    if (type == int.class) {
      return 1 + random.nextInt(100);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return "text " + random.nextInt();
    } else if (type == Window.class) {
      return window();
    } else if (type instanceof Class<?> cls && cls.isEnum()) {
      return cls.getEnumConstants()[random.nextInt(cls.getEnumConstants().length)];
    } else if (type instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] == Integer.class) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < LIST_LENGTH; i++) {
        numbers.add(random.nextInt(21) - 10);
      }
      return numbers;
    }
    throw new AssertionError("no sample of a " + type + ": add one here, and to the codecs");
  }

  private Window window() {
    return new Window(
        side(),
        side(),
        side(),
        side(),
        side(),
        side(),
        random.nextBoolean() ? Padding.SAME : pad());
  }

  private Padding pad() {
    return Padding.explicit(
        random.nextInt(9), random.nextInt(9), random.nextInt(9), random.nextInt(9));
  }

  private int side() {
    return 1 + random.nextInt(Window.MAX);
  }
}
