package dev.norma.benchmarks;

/** What the vectors of a row-major matrix are: its rows or its columns. */
enum Shape {
  ROWS_16("rows-16", 16, true),
  ROWS_768("rows-768", 768, true),
  ROWS_8192("rows-8192", 8192, true),

  /** Each row is one large tensor, or a list of small ones. */
  ROWS_2M("rows-2000000", 2_000_000, true),
  COLUMNS_768("columns-768", 768, false),
  COLUMNS_8192("columns-8192", 8192, false);

  private final String label;
  private final int width;
  private final boolean rows;

  Shape(String label, int width, boolean rows) {
    this.label = label;
    this.width = width;
    this.rows = rows;
  }

  /** Returns the number of columns of the matrix. */
  int width() {
    return width;
  }

  /** Tells whether the vectors are the rows; they are the columns otherwise. */
  boolean areRows() {
    return rows;
  }

  @Override
  public String toString() {
    return label;
  }
}
