package dev.norma.kernels;

/**
 * The kernels of one element type and one reduction, or one function of elements, compiled
 * together.
 *
 * @param type {@code f64}, {@code f32}, {@code f16} or {@code bf16}
 * @param reduction what is reduced: the name of a header, such as {@code abs_sum}; or what becomes
 *     of the values of a function, such as {@code map_scale}, {@code run_scale} for neighbours and
 *     {@code total_scale}
 */
public record Program(String type, String reduction) {
  @Override
  public String toString() {
    return reduction + " of " + type;
  }
}
