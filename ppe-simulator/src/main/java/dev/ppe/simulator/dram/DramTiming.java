package dev.ppe.simulator.dram;

/**
 * A DRAM as its data sheet has it: geometry, and the least distances between commands of one
 * channel. All times are cycles of the DRAM's command clock; {@code docs/dram.md} draws each of
 * them.
 *
 * @param clockHz cycles of the command clock in a second
 * @param geometry how addresses fall on channels, banks and rows
 * @param column reads and writes within an open row
 * @param row opening and closing rows
 * @param refresh what the cells need to keep their content
 */
public record DramTiming(long clockHz, Geometry geometry, Column column, Row row, Refresh refresh) {

  public DramTiming {
    Check.range("clock_hz", clockHz, 1_000_000, 10_000_000_000L);
    long drain = Math.max(Math.max(row.tRas, row.tRtp), column.writeDataEnd() + row.tWr);
    Check.atLeast(
        "refresh.t_refi",
        refresh.tRefi,
        drain + row.tRp + refresh.tRfc + row.tRcd + 1,
        "so that bursts move between two refreshes");
    Check.atLeast(
        "refresh.t_rfc",
        refresh.tRfc,
        Math.max(
            Math.max(column.burstCycles, Math.max(column.tRtw, column.tWtr)),
            Math.max(row.tRrd, row.tFaw)),
        "the largest of column.burst_cycles, column.t_rtw, column.t_wtr, row.t_rrd and row.t_faw");
  }

  /**
   * How addresses fall on the memory. Channels take turns every {@code interleaveBytes}; within a
   * channel a row is filled before the next bank's.
   *
   * @param channels channels that work side by side, each with commands, data and banks of its own
   * @param banksPerChannel banks of one channel, each with one row buffer
   * @param rowBytes bytes of one row of one bank
   * @param burstBytes bytes that one column command moves
   * @param interleaveBytes consecutive bytes in one channel
   */
  public record Geometry(
      int channels, int banksPerChannel, int rowBytes, int burstBytes, int interleaveBytes) {
    public Geometry {
      Check.range("geometry.channels", channels, 1, 64);
      Check.range("geometry.banks_per_channel", banksPerChannel, 1, 64);
      Check.range("geometry.burst_bytes", burstBytes, 1, 4096);
      Check.range("geometry.row_bytes", rowBytes, 1, 1 << 20);
      Check.multiple("geometry.row_bytes", rowBytes, "geometry.burst_bytes", burstBytes);
      Check.range("geometry.interleave_bytes", interleaveBytes, 1, 1 << 20);
      Check.multiple(
          "geometry.interleave_bytes", interleaveBytes, "geometry.burst_bytes", burstBytes);
    }

    /** Bursts in one row. */
    public int burstsPerRow() {
      return rowBytes / burstBytes;
    }
  }

  /**
   * Column commands, at least {@code burstCycles} apart.
   *
   * @param burstCycles cycles of the data bus for one burst, also tCCD
   * @param tCl read command to the first beat of its data (read latency)
   * @param tCwl write command to the first beat of its data (write latency)
   * @param tRtw read command to write command
   * @param tWtr last beat written to read command
   */
  public record Column(int burstCycles, int tCl, int tCwl, int tRtw, int tWtr) {
    public Column {
      Check.cycles("column.burst_cycles", burstCycles);
      Check.cycles("column.t_cl", tCl);
      Check.cycles("column.t_cwl", tCwl);
      Check.cycles("column.t_rtw", tRtw);
      Check.cycles("column.t_wtr", tWtr);
      Check.atLeast(
          "column.t_rtw",
          tRtw,
          Math.max(burstCycles, (long) tCl + burstCycles - tCwl),
          "so that written data follow the data read before on the bus");
    }

    /** Write command to the cycle after its last beat. */
    int writeDataEnd() {
      return tCwl + burstCycles;
    }

    /** Column command to the cycle after its last beat. */
    int dataEnd(boolean write) {
      return (write ? tCwl : tCl) + burstCycles;
    }
  }

  /**
   * Row commands.
   *
   * @param tRcd activate to column command
   * @param tRp precharge to activate, or to refresh
   * @param tRas activate to precharge of the same bank
   * @param tRtp read command to precharge
   * @param tWr last beat written to precharge
   * @param tRrd activate to activate of another bank
   * @param tFaw activate to the fourth activate after it
   */
  public record Row(int tRcd, int tRp, int tRas, int tRtp, int tWr, int tRrd, int tFaw) {
    public Row {
      Check.cycles("row.t_rcd", tRcd);
      Check.cycles("row.t_rp", tRp);
      Check.cycles("row.t_ras", tRas);
      Check.cycles("row.t_rtp", tRtp);
      Check.cycles("row.t_wr", tWr);
      Check.cycles("row.t_rrd", tRrd);
      Check.cycles("row.t_faw", tFaw);
      Check.atLeast("row.t_ras", tRas, tRcd, "row.t_rcd");
    }
  }

  /**
   * Refresh of all banks of a channel at once.
   *
   * @param tRefi from one refresh falling due to the next
   * @param tRfc refresh command to the next command
   */
  public record Refresh(int tRefi, int tRfc) {
    public Refresh {
      Check.range("refresh.t_refi", tRefi, 1, 1 << 22);
      Check.cycles("refresh.t_rfc", tRfc);
    }
  }

  /** The same part with another number of channels. */
  public DramTiming withChannels(int channels) {
    return new DramTiming(
        clockHz,
        new Geometry(
            channels,
            geometry.banksPerChannel,
            geometry.rowBytes,
            geometry.burstBytes,
            geometry.interleaveBytes),
        column,
        row,
        refresh);
  }

  /** Bytes in a second while all channels' data buses are busy, rounded down. */
  public long peakBytesPerSecond() {
    return clockHz * geometry.channels * geometry.burstBytes / column.burstCycles;
  }
}
