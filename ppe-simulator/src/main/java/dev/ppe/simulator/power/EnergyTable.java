package dev.ppe.simulator.power;

/**
 * The price of each action, in picojoules, and of time, in milliwatts.
 *
 * @param macPj one 8-bit multiply-accumulate with its accumulator
 * @param vectorOperationPj one elementwise operation
 * @param peMemoryBytePj one byte read from or written to PE memory
 * @param parameterBytePj one byte of parameters read by a core
 * @param networkBytePj one byte taken from another PE
 * @param dramBytePj one byte to or from DRAM, both ends
 * @param hostLinkBytePj one byte on the host link, the accelerator's end
 * @param staticMw leakage and clock tree, all the time
 */
public record EnergyTable(
    double macPj,
    double vectorOperationPj,
    double peMemoryBytePj,
    double parameterBytePj,
    double networkBytePj,
    double dramBytePj,
    double hostLinkBytePj,
    double staticMw) {}
