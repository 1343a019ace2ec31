// Streams and events.
#include "call.h"
#include "options.h"

using namespace norma;

namespace {

Event& eventOf(Context& context, CUevent handle) {
  auto found = context.events.find(handle);
  if (found == context.events.end()) {
    throw CallError{CUDA_ERROR_INVALID_HANDLE, "event that is none of this context"};
  }
  return found->second;
}

/** Of work that is not done yet; in the end, one who asks again and again is answered. */
void checkReady(Stream& stream, uint64_t number) {
  if (stream.isDone(number)) return;
  if (stream.isPatient()) throw CallError{CUDA_ERROR_NOT_READY, ""};
  stream.runUntil(number);
}

}  // namespace

NORMA_EXPORT CUresult cuStreamCreate(CUstream* handle, unsigned flags) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(handle);
    checkFailed(context);
    *handle = driver.newHandle();
    context.streams[*handle] = std::make_shared<Stream>((flags & CU_STREAM_NON_BLOCKING) == 0);
  });
}

NORMA_EXPORT CUresult cuStreamDestroy_v2(CUstream handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    if (handle == nullptr) throw CallError{CUDA_ERROR_INVALID_HANDLE, "the default stream"};
    context.stream(handle)->drain();
    context.streams.erase(handle);
  });
}

NORMA_EXPORT CUresult cuStreamSynchronize(CUstream handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    context.stream(handle)->drain();
  });
}

NORMA_EXPORT CUresult cuStreamQuery(CUstream handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    Stream& stream = *context.stream(handle);
    checkReady(stream, stream.submitted());
  });
}

NORMA_EXPORT CUresult cuStreamWaitEvent(CUstream handle, CUevent event, unsigned flags) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    if (flags != 0) throw CallError{CUDA_ERROR_INVALID_VALUE, "flags that are not 0"};
    Event point = eventOf(context, event);
    std::shared_ptr<Stream> stream = context.stream(handle);
    if (point.stream == nullptr || point.stream == stream) return;
    context.submit(stream, [point] { point.stream->runUntil(point.number); });
  });
}

NORMA_EXPORT CUresult cuEventCreate(CUevent* handle, unsigned) {
  return callInContext(__func__, [=](Driver& driver, Context& context) {
    checkPointer(handle);
    checkFailed(context);
    *handle = driver.newHandle();
    context.events[*handle] = Event{};
  });
}

NORMA_EXPORT CUresult cuEventRecord(CUevent handle, CUstream streamHandle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    Event& event = eventOf(context, handle);
    event.stream = context.stream(streamHandle);
    context.submit(event.stream, [] {});
    event.number = event.stream->submitted();
  });
}

NORMA_EXPORT CUresult cuEventSynchronize(CUevent handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    Event event = eventOf(context, handle);
    if (event.stream != nullptr) event.stream->runUntil(event.number);
  });
}

NORMA_EXPORT CUresult cuEventQuery(CUevent handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    checkFailed(context);
    Event event = eventOf(context, handle);
    if (event.stream != nullptr) checkReady(*event.stream, event.number);
  });
}

NORMA_EXPORT CUresult cuEventDestroy_v2(CUevent handle) {
  return callInContext(__func__, [=](Driver&, Context& context) {
    eventOf(context, handle);
    context.events.erase(handle);
  });
}
