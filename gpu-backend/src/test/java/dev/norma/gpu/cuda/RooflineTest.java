package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.norma.gpu.cuda.Card.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What kernels are estimated to take of cards, from what the driver for tests counts. It runs only
 * in the profile {@code roofline}, and writes the tables in docs/performance.md.
 */
@RequiresCuda
class RooflineTest {
  private static final Path PAGE = Path.of("../docs/performance.md");
  private static final String BEGIN = "<!-- Tables made by RooflineTest -->\n";
  private static final String END = "<!-- End of these tables -->\n";

  /** Elements of the shortest rows. */
  private static final int SHORTEST = 16;

  private static Estimates estimates;

  @BeforeAll
  static void count() throws IOException {
    estimates = Estimates.make();
  }

  @Test
  void writesTheTablesOfThePage() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertTrue(begin >= BEGIN.length() && end >= begin, "the page has a place for the tables");
    String tables = "\n" + new EstimateTables(estimates) + "\n";
    Files.writeString(PAGE, page.substring(0, begin) + tables + page.substring(end));
  }

  /** For L1, L2 and L∞ of f32. */
  private static void forMostUsed(String cards, BiConsumer<Estimate, Card> check) {
    forSome(Estimate::isMostUsed, cards, check);
  }

  private static void forSome(
      Predicate<Estimate> which, String cards, BiConsumer<Estimate, Card> check) {
    for (Estimate e : estimates.all()) {
      if (which.test(e)) {
        Card.ALL.stream()
            .filter(card -> card.name().matches(cards))
            .forEach(card -> check.accept(e, card));
      }
    }
  }

  @Test
  void issuingTakesHalfTheTimeOfMemory() {
    forMostUsed(
        "A100|H100",
        (e, card) -> {
          double headroom = card.headroom(Bound.ISSUE, e.work());
          assertTrue(headroom >= 2, () -> e.of() + " on " + card.name() + ": " + headroom);
        });
  }

  @Test
  void memoryBinds() {
    forMostUsed(
        ".*",
        (e, card) -> {
          double headroom = card.headroom(card.tightest(e.work()), e.work());
          assertTrue(headroom > 1, () -> e.of() + " on " + card.name() + ": " + headroom);
        });
  }

  /** On an H100, as the page says. */
  private static boolean isKnownToHaveTooLittle(CountedCase it, Card card) {
    return card.name().equals("H100")
        && it.work() == CountedWork.FIVE
        && it.type().bytes() == Short.BYTES
        && it.width() == SHORTEST;
  }

  /** Little's law. */
  @Test
  void whatIsUnderWayCoversTheLatency() {
    forSome(
        e -> true,
        ".*",
        (e, card) -> {
          double covered = estimates.covered(e, card);
          double share = isKnownToHaveTooLittle(e.of(), card) ? 0.86 : estimates.share(e, card);
          assertTrue(
              covered >= share,
              () -> e.of() + " on " + card.name() + ": " + covered + " of " + share);
        });
  }
}
