// Work in order, done at once or when something waits for it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace norma {

class Stream {
 public:
  explicit Stream(bool blocking) : blocking(blocking) {}

  /** Adds work; returns the number of it, from 1. */
  uint64_t submit(std::function<void()> work) {
    queue_.push_back(std::move(work));
    return ++submitted_;
  }

  /** Does all work up to that of this number. */
  void runUntil(uint64_t number) {
    while (done_ < number && !queue_.empty()) {
      std::function<void()> work = std::move(queue_.front());
      queue_.pop_front();
      done_++;
      work();
    }
  }

  void drain() { runUntil(submitted_); }

  bool isDone(uint64_t number) const { return done_ >= number; }
  bool isIdle() const { return queue_.empty(); }
  uint64_t submitted() const { return submitted_; }

  /** Work that is delayed is not done when it is asked for, but some questions later. */
  bool isPatient() { return ++questions_ % 4 != 0; }

  const bool blocking;  // waits for the default stream, and it for this one

 private:
  std::deque<std::function<void()>> queue_;
  uint64_t submitted_ = 0;
  uint64_t done_ = 0;
  uint64_t questions_ = 0;
};

/** A point in a stream; without a stream it was never recorded. */
struct Event {
  std::shared_ptr<Stream> stream;
  uint64_t number = 0;
};

}  // namespace norma
