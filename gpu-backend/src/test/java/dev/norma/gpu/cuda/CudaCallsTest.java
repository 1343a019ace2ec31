package dev.norma.gpu.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Which functions of the driver are called at all. */
class CudaCallsTest {
  /**
   * What is called of JCuda. {@code nm} and {@code objdump} of its native library say that each
   * calls the function of the same name of the driver, or that with {@code _v2} behind it, and
   * {@code cuModuleLoadDataJIT} {@code cuModuleLoadDataEx}: drivers of the series 470 have them
   * all.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "cuCtxGetCurrent",
          "cuCtxSetCurrent",
          "cuDeviceGet",
          "cuDeviceGetAttribute",
          "cuDeviceGetCount",
          "cuDeviceGetName",
          "cuDevicePrimaryCtxRelease",
          "cuDevicePrimaryCtxRetain",
          "cuDeviceTotalMem",
          "cuDriverGetVersion",
          "cuEventCreate",
          "cuEventDestroy",
          "cuEventRecord",
          "cuEventSynchronize",
          "cuGetErrorName",
          "cuGetErrorString",
          "cuLaunchKernel",
          "cuMemAlloc",
          "cuMemAllocHost",
          "cuMemFree",
          "cuMemFreeHost",
          "cuMemHostGetDevicePointer",
          "cuMemHostRegister",
          "cuMemHostUnregister",
          "cuMemcpyDtoDAsync",
          "cuMemcpyDtoHAsync",
          "cuMemcpyHtoDAsync",
          "cuModuleGetFunction",
          "cuModuleLoadDataJIT",
          "cuModuleUnload",
          "cuStreamCreate",
          "cuStreamDestroy",
          "cuStreamSynchronize",
          "cuStreamWaitEvent");

  /** JCuda binds a function when it is first called, and one that is not there ends the process. */
  @Test
  void onlyWhatDriversOfTheSeries470HaveIsCalled() throws Exception {
    assertEquals(new TreeSet<>(KNOWN), called());
  }

  private static Set<String> called() throws IOException, URISyntaxException {
    Path classes =
        Path.of(CudaDevice.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("dev/norma/gpu/cuda");
    Set<String> called = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      assertTrue(all.size() > 10, all::toString);
      for (Path file : all) {
        called.addAll(called(file));
      }
    }
    return called;
  }

  private static List<String> called(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<PoolEntry> entries = ClassFile.of().parse(in.readAllBytes()).constantPool();
      return StreamSupport.stream(entries.spliterator(), false)
          .filter(MemberRefEntry.class::isInstance)
          .map(MemberRefEntry.class::cast)
          .filter(member -> member.owner().asInternalName().equals("jcuda/driver/JCudaDriver"))
          .map(member -> member.name().stringValue())
          .filter(name -> name.startsWith("cu"))
          .toList();
    }
  }
}
