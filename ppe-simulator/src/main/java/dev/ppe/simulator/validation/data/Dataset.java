package dev.ppe.simulator.validation.data;

/** The files of measured figures, by what they hold. */
public enum Dataset {
  /** Latencies on a Pixel 6. */
  PIXEL6("pixel6_tensor_g1.csv"),
  /** The vendor's benchmark of Coral devices. */
  CORAL_NAMED_MODELS("coral_named_models.csv"),
  /** Five convolutions of growing width. */
  CORAL_CONVOLUTIONS("coral_conv5_sweep.csv"),
  /** Stacks of dense layers of growing width. */
  CORAL_DENSE("coral_dense_sweep.csv"),
  /** What the vendor's compiler says of the models it compiled. */
  COMPILER("edgetpu_compiler.csv"),
  /** Single layers on another simulator's systolic array. */
  SCALE_SIM("scalesim_layers.csv");

  private final String file;

  Dataset(String file) {
    this.file = file;
  }

  /** The name of its file, without folder. */
  public String file() {
    return file;
  }
}
