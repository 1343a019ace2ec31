package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which functions of the driver are called: none that drivers of the series 470 have not. On
 * Windows JCuda is not even loaded where one of all that it knows is missing, and on Linux a call
 * ends the process. So it is the JCuda of CUDA 11.4, which is what these drivers have.
 */
class CudaCallsTest {
  private static final String OF_LINUX = "libJCudaDriver-11.4.1-linux-x86_64.so";
  private static final String OF_WINDOWS = "JCudaDriver-11.4.1-windows-x86_64.dll";

  /** Names of functions, which stand in a library as they are. */
  private static final Pattern FUNCTION = Pattern.compile("\0(cu[A-Z]\\w+)(?=\0)");

  private static Set<String> functions(byte[] library) {
    return FUNCTION
        .matcher(new String(library, StandardCharsets.ISO_8859_1))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> known(String library) throws IOException {
    try (InputStream in = CudaCallsTest.class.getResourceAsStream("/lib/" + library)) {
      assertNotNull(in, library);
      return functions(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OF_LINUX, OF_WINDOWS})
  void theBindingIsThatOfTheOldestDriver(String library) throws IOException {
    Set<String> known = known(library);
    assertTrue(known.contains("cuDevicePrimaryCtxRelease_v2"), known::toString); // since 11.0
    assertTrue(known.size() > 250, () -> known.size() + " functions");
    known.retainAll(Set.of("cuCtxGetId", "cuModuleGetLoadingMode", "cuGraphAddKernelNode_v2"));
    assertEquals(Set.of(), known, "functions of later drivers");
  }

  /** All that is called has to be there, as the tests run with it. */
  @RequiresTestDriver
  @Test
  void theDriverForTestsHasOnlyFunctionsOfTheOldest() throws IOException {
    Path library = Path.of(System.getProperty("norma.cuda.driver"));
    Set<String> has = functions(Files.readAllBytes(library));
    assertTrue(has.contains("cuLaunchKernel"), has::toString);
    has.removeAll(known(OF_LINUX));
    assertEquals(Set.of(), has);
  }
}
