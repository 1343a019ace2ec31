// Devices, their contexts, and what belongs to these.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "counters.h"
#include "cuda_abi.h"
#include "memory.h"
#include "ptx_module.h"
#include "stream.h"

namespace norma {

struct Module {
  std::shared_ptr<const PtxModule> ptx;
};

struct Function {
  const Kernel* kernel;
  std::shared_ptr<Module> module;
};

class Context {
 public:
  explicit Context(int device);

  /** Complains of all that was not released. */
  void end();

  /** Adds work to a stream, and does it unless work is delayed. */
  void submit(const std::shared_ptr<Stream>& stream, std::function<void()> work);

  /** Does all work of the streams that the default stream waits for, and its own. */
  void drainBlocking();
  void drainAll();

  /** The stream of a handle, the default stream for null; throws a CallError if there is none. */
  std::shared_ptr<Stream> stream(CUstream handle);

  const int device;
  Memory memory;
  CUresult error = CUDA_SUCCESS;  // of work that failed; all that follows fails too
  std::map<void*, std::shared_ptr<Stream>> streams;
  std::map<void*, Event> events;
  std::map<void*, std::shared_ptr<Module>> modules;
  std::map<void*, Function> functions;

 private:
  std::shared_ptr<Stream> defaultStream_;
};

/** Host memory that a device can copy from and to by itself. */
struct HostBlock {
  uint64_t bytes;
  Context* owner;
};

struct Device {
  std::unique_ptr<Context> primary;
  int retained = 0;
  bool lost = false;
};

/** All that there is, under one lock. */
class Driver {
 public:
  static Driver& get();

  /** A number that was never used before, as a handle. */
  void* newHandle();

  /** The block of host memory that holds these bytes, or null. */
  HostBlock* hostBlock(const void* address, uint64_t bytes);

  /** The context of a handle, or null. */
  Context* context(CUcontext handle);

  /** The context of the calling thread, or null. */
  Context* current();

  std::mutex lock;
  bool initialised = false;
  Device devices[2];
  std::map<CUcontext, Context*> contexts;
  std::map<uintptr_t, HostBlock> hostMemory;
  std::map<std::string, std::shared_ptr<const PtxModule>> parsed;  // by text
  std::map<const Kernel*, KernelCounters> counters;

 private:
  uintptr_t lastHandle_ = 0x1000;
};

/** The context that a thread has made current. */
CUcontext& currentHandle();

}  // namespace norma
