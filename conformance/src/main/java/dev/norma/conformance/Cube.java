package dev.norma.conformance;

/** An array of three axes and the matrices in it, found by hand. */
final class Cube {
  private final int[] shape;
  private final double[] values;
  private final int row;
  private final int column;
  private final int other;
  private final boolean cOrder;

  Cube(MatrixCase what) {
    this.shape = what.shape();
    this.values = what.values();
    this.row = (what.axes()[0] + 3) % 3;
    this.column = (what.axes()[1] + 3) % 3;
    this.other = 3 - row - column;
    this.cOrder = what.cOrder();
  }

  /** Returns the number of matrices. */
  int count() {
    return shape[other];
  }

  /** Tells whether the axis of the columns comes before that of the rows. */
  boolean byColumns() {
    return column < row;
  }

  /** Returns the rows of one matrix. */
  double[][] rows(int matrix) {
    double[][] rows = new double[shape[row]][shape[column]];
    int[] index = new int[3];
    index[other] = matrix;
    for (index[row] = 0; index[row] < shape[row]; index[row]++) {
      for (index[column] = 0; index[column] < shape[column]; index[column]++) {
        rows[index[row]][index[column]] = values[position(index)];
      }
    }
    return rows;
  }

  private int position(int[] index) {
    return cOrder
        ? (index[0] * shape[1] + index[1]) * shape[2] + index[2]
        : index[0] + shape[0] * (index[1] + shape[1] * index[2]);
  }
}
