package dev.ppe.simulator.graph;

import java.util.List;
import java.util.Locale;

/**
 * What a node computes. Every attribute that changes shapes or cost is here; operands are tensors
 * of the node, in the order each record's comment gives (a trailing {@code ?} marks an optional
 * one).
 *
 * <p>One table of the whole family, hence longer than most files.
 */
public sealed interface Operator {

  /** The operator's short name in reports, error messages and the graph hash. */
  default String kind() {
    return switch (this) {
      case Conv2d conv -> conv.groups() == 1 ? "conv" : "group-conv";
      case DepthwiseConv2d d -> "depthwise-conv";
      case TransposeConv2d t -> "transpose-conv";
      case FullyConnected f -> "fully-connected";
      case BatchMatMul b -> "batch-matmul";
      case Pool2d pool -> lower(pool.function()) + "-pool";
      case GlobalPool2d pool -> "global-" + lower(pool.function()) + "-pool";
      case Reduce reduce -> "reduce-" + lower(reduce.function());
      case Binary binary -> lower(binary.function());
      case Unary unary -> lower(unary.function());
      case PRelu p -> "prelu";
      case Concat c -> "concat";
      case Split s -> "split";
      case Slice s -> "slice";
      case StridedSlice s -> "strided-slice";
      case Pad p -> "pad";
      case Reshape r -> "reshape";
      case Squeeze s -> "squeeze";
      case ExpandDims e -> "expand-dims";
      case Transpose t -> "transpose";
      case Resize resize -> "resize-" + lower(resize.method());
      case Softmax s -> "softmax";
      case LogSoftmax l -> "log-softmax";
      case LayerNorm l -> "layer-norm";
      case Gather g -> "gather";
      case ArgMax a -> "argmax";
      case Cast c -> "cast";
      case Quantize q -> "quantize";
      case Dequantize d -> "dequantize";
      case DepthToSpace d -> "depth-to-space";
      case SpaceToDepth s -> "space-to-depth";
      case UnidirectionalLstm l -> "lstm";
      case Custom custom -> custom.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * 2-D convolution. Operands: input [N, H, W, Ci], weights [Co, Kh, Kw, Ci / groups], bias? [Co].
   * Output [N, Ho, Wo, Co].
   *
   * @param groups 1 for a regular convolution; divides Ci and Co
   */
  record Conv2d(Window window, int groups, Activation activation) implements Operator {
    public Conv2d {
      if (groups < 1) {
        throw new IllegalArgumentException("groups is " + groups + ", must be 1 or more");
      }
    }
  }

  /**
   * Depthwise 2-D convolution. Operands: input [N, H, W, Ci], weights [1, Kh, Kw, Ci x multiplier],
   * bias? [Ci x multiplier]. Output [N, Ho, Wo, Ci x multiplier].
   */
  record DepthwiseConv2d(Window window, int depthMultiplier, Activation activation)
      implements Operator {
    public DepthwiseConv2d {
      if (depthMultiplier < 1) {
        throw new IllegalArgumentException(
            "depth multiplier is " + depthMultiplier + ", must be 1 or more");
      }
    }
  }

  /**
   * Transposed 2-D convolution. Operands: input [N, H, W, Ci], weights [Co, Kh, Kw, Ci], bias?
   * [Co]. Output [N, outputHeight, outputWidth, Co].
   *
   * @param window kernel and strides in the output's raster; its dilation is 1
   */
  record TransposeConv2d(Window window, int outputHeight, int outputWidth, Activation activation)
      implements Operator {
    public TransposeConv2d {
      if (outputHeight < 1 || outputWidth < 1) {
        throw new IllegalArgumentException(
            "output size is %d x %d, must be 1 or more".formatted(outputHeight, outputWidth));
      }
    }
  }

  /**
   * Matrix of activations times matrix of weights. Operands: input [..., K], weights [M, K], bias?
   * [M]. Output [batch, M], or [..., M] with {@code keepDimensions}. Without it the input may have
   * any shape whose elements are a multiple of K.
   */
  record FullyConnected(boolean keepDimensions, Activation activation) implements Operator {}

  /**
   * Batched product of two activations. Operands: [..., R, K], [..., K, C]; the leading dimensions
   * broadcast. Output [..., R, C].
   *
   * @param transposeLeft the left operand is stored [..., K, R]
   * @param transposeRight the right operand is stored [..., C, K]
   */
  record BatchMatMul(boolean transposeLeft, boolean transposeRight) implements Operator {}

  /** What pooling keeps of a window. */
  enum PoolFunction {
    AVERAGE,
    MAX
  }

  /** 2-D pooling. Operand: [N, H, W, C]. Output [N, Ho, Wo, C]. */
  record Pool2d(PoolFunction function, Window window, Activation activation) implements Operator {}

  /** Pooling over the whole map. Operand: [N, H, W, C]. Output [N, 1, 1, C]. */
  record GlobalPool2d(PoolFunction function) implements Operator {}

  /** How a reduction combines elements. */
  enum ReduceFunction {
    MEAN,
    SUM,
    MAX,
    MIN,
    PRODUCT
  }

  /** Reduction over {@code axes} (negative ones count from the innermost; none means all). */
  record Reduce(ReduceFunction function, List<Integer> axes, boolean keepDimensions)
      implements Operator {
    public Reduce {
      axes = List.copyOf(axes);
    }
  }

  /** Elementwise functions of two operands. */
  enum BinaryFunction {
    ADD,
    SUB,
    MUL,
    DIV,
    MINIMUM,
    MAXIMUM,
    SQUARED_DIFFERENCE,
    POW
  }

  /** Elementwise function of two operands, broadcast as NumPy does. */
  record Binary(BinaryFunction function, Activation activation) implements Operator {}

  /** Elementwise functions of one operand. */
  enum UnaryFunction {
    RELU,
    RELU6,
    RELU_N1_TO_1,
    LEAKY_RELU,
    ELU,
    LOGISTIC,
    TANH,
    HARD_SWISH,
    GELU,
    EXP,
    LOG,
    SQRT,
    RSQRT,
    SQUARE,
    ABS,
    NEG,
    SIN,
    COS,
    FLOOR,
    CEIL,
    ROUND,
    ERF
  }

  /** Elementwise function of one operand. */
  record Unary(UnaryFunction function) implements Operator {}

  /** ReLU with a learned slope. Operands: input, slopes (broadcast to the input). */
  record PRelu() implements Operator {}

  /** Joins one or more operands along {@code axis}. */
  record Concat(int axis, Activation activation) implements Operator {}

  /** Cuts the operand along {@code axis} into outputs of the given sizes, which add up to it. */
  record Split(int axis, List<Integer> sizes) implements Operator {
    public Split {
      sizes = List.copyOf(sizes);
    }
  }

  /** A box of the operand; a size of -1 reaches to the end. */
  record Slice(List<Integer> begin, List<Integer> size) implements Operator {
    public Slice {
      begin = List.copyOf(begin);
      size = List.copyOf(size);
    }
  }

  /**
   * A strided box, with NumPy's rules: bit i of a mask speaks of entry i of the lists.
   *
   * @param begin first index per entry; negative ones count from the end
   * @param end past-the-last index per entry
   * @param strides steps per entry, not 0
   * @param beginMask entries whose {@code begin} is ignored
   * @param endMask entries whose {@code end} is ignored
   * @param ellipsisMask the entry that stands for all dimensions not named; one bit at most
   * @param newAxisMask entries that insert a dimension of 1
   * @param shrinkAxisMask entries that take one element and drop the dimension
   */
  record StridedSlice(
      List<Integer> begin,
      List<Integer> end,
      List<Integer> strides,
      int beginMask,
      int endMask,
      int ellipsisMask,
      int newAxisMask,
      int shrinkAxisMask)
      implements Operator {
    public StridedSlice {
      begin = List.copyOf(begin);
      end = List.copyOf(end);
      strides = List.copyOf(strides);
      if (begin.size() != end.size() || begin.size() != strides.size()) {
        throw new IllegalArgumentException("begin, end and strides differ in length");
      }
    }
  }

  /** What padding is filled with. */
  enum PadMode {
    CONSTANT,
    REFLECT,
    SYMMETRIC
  }

  /** Adds elements before and after each dimension; one entry per dimension, 0 or more. */
  record Pad(List<Integer> before, List<Integer> after, PadMode mode) implements Operator {
    public Pad {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /** The same elements under another shape; one entry of {@code shape} may be -1. */
  record Reshape(List<Integer> shape) implements Operator {
    public Reshape {
      shape = List.copyOf(shape);
    }
  }

  /** Drops dimensions of 1; an empty list drops all of them. */
  record Squeeze(List<Integer> axes) implements Operator {
    public Squeeze {
      axes = List.copyOf(axes);
    }
  }

  /** Inserts a dimension of 1 at {@code axis} of the output. */
  record ExpandDims(int axis) implements Operator {}

  /** Reorders dimensions: output dimension i is input dimension {@code permutation[i]}. */
  record Transpose(List<Integer> permutation) implements Operator {
    public Transpose {
      permutation = List.copyOf(permutation);
    }
  }

  /** How a resize fills in between samples. */
  enum ResizeMethod {
    BILINEAR,
    NEAREST
  }

  /** Scales a feature map [N, H, W, C] to [N, height, width, C]. */
  record Resize(
      ResizeMethod method, int height, int width, boolean alignCorners, boolean halfPixelCenters)
      implements Operator {
    public Resize {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "resized to %d x %d, must be 1 or more".formatted(height, width));
      }
    }
  }

  /** Softmax along {@code axis} (negative counts from the innermost). */
  record Softmax(int axis) implements Operator {}

  /** Logarithm of the softmax along {@code axis}. */
  record LogSoftmax(int axis) implements Operator {}

  /**
   * Layer normalisation over the innermost {@code axes} dimensions. Operands: input, scale?,
   * offset?
   */
  record LayerNorm(int axes) implements Operator {
    public LayerNorm {
      if (axes < 1) {
        throw new IllegalArgumentException("normalises " + axes + " axes, must be 1 or more");
      }
    }
  }

  /**
   * Picks slices. Operands: table, indices. Output: the table's dimensions with {@code axis}
   * replaced by the indices' dimensions past {@code batchDimensions}. An embedding is a gather
   * along axis 0.
   */
  record Gather(int axis, int batchDimensions) implements Operator {}

  /** Index of the largest element along {@code axis}. */
  record ArgMax(int axis, boolean keepDimensions, DataType outputType) implements Operator {}

  /** Another element type. */
  record Cast(DataType to) implements Operator {}

  /** Reals to integers, or integers to integers of another scale. */
  record Quantize() implements Operator {}

  /** Integers to reals. */
  record Dequantize() implements Operator {}

  /** [N, H, W, C] to [N, H x block, W x block, C / block^2]. */
  record DepthToSpace(int block) implements Operator {
    public DepthToSpace {
      requireBlock(block);
    }
  }

  /** [N, H, W, C] to [N, H / block, W / block, C x block^2]. */
  record SpaceToDepth(int block) implements Operator {
    public SpaceToDepth {
      requireBlock(block);
    }
  }

  /**
   * A whole sequence through one LSTM. Operands, TFLite's order: 0 input [batch, time, I] (or
   * [time, batch, I] with {@code timeMajor}); 1..4 input weights [U, I] of the input?, forget, cell
   * and output gates; 5..8 recurrent weights [U, P]; 9..11 peephole weights? [U]; 12..15 gate
   * biases [U]; 16 projection weights? [P, U]; 17 projection bias?; 18 output state [batch, P]; 19
   * cell state [batch, U]; 20..23 layer-norm coefficients?. Output [batch, time, P], or [time,
   * batch, P].
   */
  record UnidirectionalLstm(boolean timeMajor) implements Operator {}

  /**
   * An operator that is not known here: kept with its declared outputs, and placed on the host.
   *
   * @param name the operator's name in the format it came from
   */
  record Custom(String name) implements Operator {
    /** More than any library's operators are called; a model has the name at every node. */
    static final int LONGEST_NAME = 256;

    public Custom {
      if (name.length() > LONGEST_NAME) {
        throw new IllegalArgumentException(
            "custom operator \"%s\": its name is %d long, must be %d at most"
                .formatted(name.substring(0, 32) + "...", name.length(), LONGEST_NAME));
      }
    }
  }

  private static void requireBlock(int block) {
    if (block < 1) {
      throw new IllegalArgumentException("block is " + block + ", must be 1 or more");
    }
  }
}
