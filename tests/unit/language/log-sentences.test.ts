import { expect, test } from 'vitest'
import { SentenceTranslator } from '../../../src-core/language/sentence.ts'
import { chineseSentences } from '../../../src-core/language/zh-CN/index.ts'

const translator = new SentenceTranslator(chineseSentences)

/** As runs have stored them: sentences of several modules put together, with what engines and systems say. */
test.each([
  [
    'Measured on this model: CPU with 8 threads 3.12 ms per step (used), WebGPU 4.05 ms per step. 4 steps per run.',
    '在此模型上测得：CPU（8 个线程）每步 3.12 毫秒（已采用）、WebGPU 每步 4.05 毫秒。每次调用执行 4 步。',
  ],
  [
    'Measured on this model: CPU with 1 thread in float32 3.12 ms per step (used). float16 is slower here: 4.05 ms against 3.12 ms; float32 is used. NVIDIA H100 through CUDA is not used: its first losses differ from the CPU’s by 1.0e-2.',
    '在此模型上测得：CPU（1 个线程）以 float32 每步 3.12 毫秒（已采用）。float16 在这里更慢：4.05 毫秒，而 float32 为 3.12 毫秒；使用 float32。不使用 NVIDIA H100（CUDA）：其最初的损失与 CPU 相差 1.0e-2。',
  ],
  [
    'Measured on this model: CPU with 16 threads 12.0 ms per step (used). CUDA is not available: libcudnn.so.9, libcublas.so.12 are missing. WebGPU is not available: It did not answer within 20 seconds.',
    '在此模型上测得：CPU（16 个线程）每步 12.0 毫秒（已采用）。CUDA 不可用：缺少 libcudnn.so.9、libcublas.so.12。WebGPU 不可用：它在 20 秒内没有回应。',
  ],
  [
    'The engine process ended unexpectedly (signal SIGKILL). What was trained after the last checkpoint is lost.',
    '引擎进程意外结束（信号 SIGKILL）。最后一个检查点之后的训练已丢失。',
  ],
  [
    'Memory ran out and the engine process ended (exit code 134). The run needs about 3 GB at batch size 128; 1 GB are free.',
    '引擎进程已结束：内存耗尽（退出码 134）。批量大小为 128 时，此次运行约需 3 GB；空闲 1 GB。',
  ],
  [
    'The validation loss has not become better for 5 epochs: the learning rate is 0.0001 from epoch 12 on.',
    '验证集的损失已有 5 轮没有改善：从第 12 轮起，学习率为 0.0001。',
  ],
  [
    'Training was ended because its results could not be stored: There is no room left on the disk that holds the workspace /w.',
    '由于无法存储结果，训练已结束：工作区 /w 所在的磁盘没有剩余空间。',
  ],
  [
    'WebGPU cannot train this model: Kernel failed. See the log.',
    'WebGPU 无法训练此模型：Kernel failed. See the log.',
  ],
  [
    'Class weights: setosa 1.2, versicolor 0.8 and 3 more.',
    '类别权重：setosa 1.2、versicolor 0.8 和另外 3 个。',
  ],
  ['onnxruntime-node 1.24.1, Node 24.11.0', 'onnxruntime-node 1.24.1，Node 24.11.0'],
  ['The weights of epoch 7, the best, are kept.', '保留第 7 轮（最佳）的权重。'],
])('%s', (english, chinese) => {
  expect(translator.find(english)).toBe(chinese)
})
