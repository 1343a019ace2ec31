#include "context.h"

#include <cstdlib>

#include "call.h"
#include "options.h"
#include "report.h"

namespace norma {

Context::Context(int device)
    : device(device), memory(device), defaultStream_(std::make_shared<Stream>(true)) {}

void Context::submit(const std::shared_ptr<Stream>& stream, std::function<void()> work) {
  // The default stream and those that block wait for each other.
  if (stream == defaultStream_) {
    for (auto& [handle, other] : streams) {
      if (other->blocking) other->drain();
    }
  } else if (stream->blocking) {
    defaultStream_->drain();
  }
  stream->submit([this, work = std::move(work)] {
    if (error != CUDA_SUCCESS) return;
    try {
      work();
    } catch (const DeviceFault& fault) {
      complain(fault.what());
      error = fault.code;
    }
  });
  if (option(Option::kDelay) == 0) stream->drain();
}

void Context::drainBlocking() {
  for (auto& [handle, stream] : streams) {
    if (stream->blocking) stream->drain();
  }
  defaultStream_->drain();
}

void Context::drainAll() {
  for (auto& [handle, stream] : streams) stream->drain();
  defaultStream_->drain();
}

std::shared_ptr<Stream> Context::stream(CUstream handle) {
  if (handle == nullptr) return defaultStream_;
  auto found = streams.find(handle);
  if (found == streams.end()) {
    throw CallError{CUDA_ERROR_INVALID_HANDLE, "stream that is none of this context"};
  }
  return found->second;
}

namespace {

void complainOfLeak(const char* what, const std::string& detail) {
  complain(std::string("leak: ") + what + detail + " was not released before its context ended");
}

}  // namespace

void Context::end() {
  for (auto& [address, region] : memory.regions()) {
    complainOfLeak("allocation ", std::to_string(region->number) + " of " + std::to_string(region->size) + " bytes");
  }
  for (auto& [handle, stream] : streams) {
    complainOfLeak("stream", stream->isIdle() ? "" : ", with work that nobody waited for,");
  }
  for (size_t n = 0; n < events.size(); n++) complainOfLeak("event", "");
  for (size_t n = 0; n < modules.size(); n++) complainOfLeak("module", "");
  std::map<uintptr_t, HostBlock>& host = Driver::get().hostMemory;
  for (auto block = host.begin(); block != host.end();) {
    if (block->second.owner != this) {
      ++block;
      continue;
    }
    complainOfLeak("host memory", " of " + std::to_string(block->second.bytes) + " bytes");
    std::free(reinterpret_cast<void*>(block->first));
    block = host.erase(block);
  }
}

Driver& Driver::get() {
  // Threads may still call while the process ends: it is never destroyed.
  static auto* kDriver = new Driver;
  return *kDriver;
}

void* Driver::newHandle() { return reinterpret_cast<void*>(lastHandle_ += 16); }

HostBlock* Driver::hostBlock(const void* address, uint64_t bytes) {
  auto a = reinterpret_cast<uintptr_t>(address);
  auto after = hostMemory.upper_bound(a);
  if (after == hostMemory.begin()) return nullptr;
  auto& [base, block] = *std::prev(after);
  return a - base <= block.bytes && bytes <= block.bytes - (a - base) ? &block : nullptr;
}

Context* Driver::context(CUcontext handle) {
  auto found = contexts.find(handle);
  return found == contexts.end() ? nullptr : found->second;
}

Context* Driver::current() { return context(currentHandle()); }

CUcontext& currentHandle() {
  thread_local CUcontext handle = nullptr;
  return handle;
}

}  // namespace norma
