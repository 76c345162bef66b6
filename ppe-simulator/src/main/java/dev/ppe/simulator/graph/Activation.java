package dev.ppe.simulator.graph;

/** An activation function fused into an operator's output. */
public enum Activation {
  NONE,
  RELU,
  RELU6,
  RELU_N1_TO_1,
  TANH,
  SIGN_BIT,
  LOGISTIC,
  HARD_SWISH
}
