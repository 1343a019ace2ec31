// Memory of a device, with a shadow that knows what was written, and by which thread.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace norma {

// Device addresses lie where a process has no memory of its own, so that a host that uses one dies.
constexpr uint64_t kSharedWindow = 0x6f0000000000;
constexpr uint64_t kFirstDeviceAddress = 0x700000000000;
constexpr uint64_t kAddressesOfDevice = 0x040000000000;

/**
 * Which threads touched each granule of memory since the last barrier or launch. A granule is as
 * large as the smallest access so far; its cell holds an epoch (8 bits), the thread that read it
 * (28 bits; kMany: several) and the one that wrote it (28 bits). A cell of another epoch is empty.
 */
class Touched {
 public:
  static constexpr uint64_t kThread = (uint64_t{1} << 28) - 1;
  static constexpr uint64_t kMany = kThread;

  explicit Touched(uint64_t bytes) : bytes_(bytes) {}

  /** Forgets all. */
  void nextEpoch();

  /** Makes granules no larger than an access of so many bytes, a power of two. */
  void prepare(int bytes);

  int shift() const { return shift_; }
  uint64_t* cells() { return cells_.data(); }

  /** Marks a granule read; returns whether another thread wrote it, and then changes nothing. */
  bool read(uint64_t granule, uint64_t thread) {
    uint64_t c = current(granule);
    uint64_t writer = c & kThread;
    uint64_t reader = c >> 28 & kThread;
    bool race = writer != 0 && writer != thread;
    uint64_t next = reader == 0 || reader == thread ? thread : kMany;
    cells_[granule] = race ? c : tag_ | next << 28 | writer;
    return race;
  }

  /** Marks a granule written; returns whether another thread touched it. */
  bool write(uint64_t granule, uint64_t thread) {
    uint64_t c = current(granule);
    uint64_t writer = c & kThread;
    uint64_t reader = c >> 28 & kThread;
    bool race = (writer != 0 && writer != thread) || (reader != 0 && reader != thread);
    cells_[granule] = race ? c : tag_ | reader << 28 | thread;
    return race;
  }

  /** Says which thread touched a granule, numbered from 0. */
  std::string describe(uint64_t granule) const;

 private:
  uint64_t current(uint64_t granule) const {
    uint64_t c = cells_[granule];
    return (c ^ tag_) >> 56 == 0 ? c : tag_;
  }

  uint64_t bytes_;
  std::vector<uint64_t> cells_;
  int shift_ = 0;
  uint64_t tag_ = uint64_t{1} << 56;
};

/** A piece of memory: an allocation, or the memory of a block. */
class Region {
 public:
  Region(uint64_t base, uint64_t size, uint64_t number);

  bool contains(uint64_t address, uint64_t bytes) const {
    return address - base < size && bytes <= size - (address - base);
  }
  uint8_t* at(uint64_t address) { return data + (address - base); }
  uint8_t* writtenAt(uint64_t address) { return written.data() + (address - base); }

  /** Whether something wrote all of these bytes. */
  bool isWritten(uint64_t address, uint64_t bytes) const;

  uint64_t base;
  uint64_t size;
  uint64_t number;  // of the allocation, from 1
  uint8_t* data;
  std::vector<uint8_t> written;  // 0xff where something wrote the byte
  Touched touched;
  uint64_t launch = 0;  // the last one that touched it
  std::vector<uint32_t> sectors[2];  // launch that last read and wrote each, if it is counted

 private:
  struct Free {
    void operator()(void* p) const;
  };
  std::unique_ptr<uint8_t, Free> own_;
};

/** The allocations of a device. Addresses are never used twice, and wide gaps lie between them. */
class Memory {
 public:
  explicit Memory(int device);

  Region& allocate(uint64_t bytes);

  /** Frees the region that starts here; returns whether there is one. */
  bool release(uint64_t base);

  /** The region that holds these bytes, or null. */
  Region* find(uint64_t address, uint64_t bytes);

  /** Says what lies at an address that no region holds. */
  std::string describe(uint64_t address) const;

  uint64_t used() const { return used_; }
  const std::map<uint64_t, std::unique_ptr<Region>>& regions() const { return regions_; }

 private:
  struct Gone {
    uint64_t base;
    uint64_t size;
    uint64_t number;
  };

  uint64_t reserve(uint64_t bytes);

  std::map<uint64_t, std::unique_ptr<Region>> regions_;
  std::deque<Gone> gone_;
  uint64_t next_;
  uint64_t used_ = 0;
  uint64_t number_ = 0;
};

}  // namespace norma
