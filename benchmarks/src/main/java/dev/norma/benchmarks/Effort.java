package dev.norma.benchmarks;

/**
 * How long a case is measured.
 *
 * @param forks the number of Java processes, one after the other
 * @param pairs in each, the number of turns of the probe, and of the case
 * @param turnMillis how long a turn is at least
 * @param quietMillis how long each is run before without becoming faster
 */
record Effort(int forks, int pairs, int turnMillis, int quietMillis) {
  static final Effort QUICK = new Effort(1, 7, 120, 1500);
  static final Effort FULL = new Effort(2, 15, 300, 3000);
}
