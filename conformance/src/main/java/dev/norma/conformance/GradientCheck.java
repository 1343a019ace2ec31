package dev.norma.conformance;

import dev.norma.Norm;
import java.util.List;

/** Compares derivatives of the vectors of a case with the {@link ReferenceGradient}, by bits. */
final class GradientCheck {
  /** Half of the ways are tried with no more elements than this; of more, one for each norm. */
  private static final int FEW = 450;

  /** The ways in which a derivative can be asked for. */
  private enum Way {
    GRADIENT,
    REPLACED,
    ADDED,
    IN_PLACE,
    UPLOADED,
    ALONG,
    HESSIAN,
    HESSIAN_IN_PLACE
  }

  private final Derivatives of;
  private final Case what;
  private final int number;

  private GradientCheck(Derivatives of, Case what, int number) {
    this.of = of;
    this.what = what;
    this.number = number;
  }

  /** Runs a case; a number says which ways, with which memory for the results. */
  static void run(Subject subject, Case what, int number, List<Norm> norms) {
    Unsupported.unlessRefused(
        subject.norma().backend(),
        "derivatives, " + what,
        () ->
            what.use(
                (x, vectors) -> {
                  int some = number;
                  for (Norm norm : norms) {
                    Derivatives of = new Derivatives(subject, norm, x, vectors);
                    new GradientCheck(of, what, ++some).run(x.layout().size() <= FEW);
                  }
                }));
  }

  private void run(boolean many) {
    Way[] ways = Way.values();
    if (many) {
      for (int i = number % 2; i < ways.length; i += 2) {
        // Numbers that go through all places and all pairs of them.
        run(ways[i], number + 11 * i);
      }
    } else {
      run(ways[number % ways.length], number);
    }
  }

  private void run(Way way, int some) {
    Case out = Room.writable(what.type(), of.vectors(), some);
    Case second = Room.readable(what.type(), of.vectors(), some / 3);
    String name = "%s of %s, to %s, with %s".formatted(way, what, out, second);
    switch (way) {
      case GRADIENT -> out.use((to, was) -> of.gradient(name, to, Image.of(to, out, was)));
      case REPLACED -> out.use((to, was) -> of.replaced(name, some, to, Image.of(to, out, was)));
      case ADDED -> out.use((to, was) -> of.added(name, some, to, Image.of(to, out, was)));
      case IN_PLACE -> inPlace(name, some);
      case UPLOADED -> out.use((to, was) -> of.uploaded(name, some, to, out, was));
      case ALONG -> second.use((along, w) -> of.along(name, along, w));
      case HESSIAN ->
          second.use(
              (along, w) ->
                  out.use((to, was) -> of.hessian(name, along, w, to, Image.of(to, out, was))));
      case HESSIAN_IN_PLACE -> hessianInPlace(name, some, out);
    }
  }

  private void inPlace(String name, int some) {
    if (Room.isWritable(what.placement())) {
      Case copy = Room.copy(what, of.vectors(), some);
      copy.use((x, was) -> of.of(x).replaced(name, some, x, Image.of(x, copy, was)));
      copy.use((x, was) -> of.of(x).added(name, some, x, Image.of(x, copy, was)));
    }
  }

  private void hessianInPlace(String name, int some, Case direction) {
    direction.use((to, w) -> of.hessian(name, to, w, to, Image.of(to, direction, w)));
    if (Room.isWritable(what.placement())) {
      Case copy = Room.copy(what, of.vectors(), some);
      direction.use(
          (along, w) ->
              copy.use((x, was) -> of.of(x).hessian(name, along, w, x, Image.of(x, copy, was))));
    }
  }
}
