import { afterEach, describe, expect, test } from 'vitest'
import { SentenceTranslator, sentence } from '../../../src-core/language/sentence.ts'
import { speak } from '../../../src-core/language/t.ts'

const translator = new SentenceTranslator(
  {
    'Nothing is wrong.': '一切正常。',
    'Remove {0}': '移除 {0}',
    'Remove the wire from {0}': '移除来自 {0} 的连线',
    '{0} is called "{1}".': '{0} 叫“{1}”。',
    '{0} takes {1}, but {2} has {3}.': '{2} 有 {3}，而 {0} 只接受 {1}。',
    '{0} {1}, but {2}.': '{0} {1:phrase}，但 {2:phrase}。',
    '{0} {1}.': '{0:word}{1:phrase}。',
    '{0} gives {1}': '{0:name} 给出 {1:value}',
    'expects {0} of {1} axes': '需要 {1} 个轴的{0:phrase}',
    'expects heads, but has {0}': '需要头数，但它有 {0}',
    'an image': '图像',
    'one wire': '一条连线',
    '{0} wires': '{0} 条连线',
    'is lost': '已丢失',
    '{0} has {1} {2}, but it must be 1.': '{0} 的 {1:word} 是 {2:value}，但它必须是 1。',
    'It failed ({0}).': '失败（{0}）。',
    Loss: '损失',
    '{0} is slower': '{0} 更慢',
    'Stored at {0}': '存于 {0:one}',
  },
  { 'Kernel size': '卷积核大小' },
)

describe('a sentence', () => {
  test('is found by its template, whose places may change their order', () => {
    expect(translator.find('Nothing is wrong.')).toBe('一切正常。')
    expect(translator.find('a takes 3 wires, but b has one wire.')).toBe(
      'b 有一条连线，而 a 只接受 3 条连线。',
    )
  })

  test('is that of the template that says most', () => {
    expect(translator.find('Remove the wire from a to b')).toBe('移除来自 a to b 的连线')
    expect(translator.find('Remove the wire')).toBe('移除 the wire')
  })

  test('stays English where no template fits', () => {
    for (const unknown of ['', 'Something else.', 'Remove ', 'x is called y.', 'a something, but other.']) {
      expect(translator.find(unknown)).toBeUndefined()
      expect(translator.translate(unknown)).toBe(unknown)
    }
  })

  test('keeps what was filled in, whatever it looks like', () => {
    for (const name of ['$&', '$1', '{0}', '{1:phrase}', '.*', 'a\nb', '(x)', '\\', '“', '%s', '图像']) {
      expect(translator.find(`Remove ${name}`)?.replace('移除', '').trim()).toBe(name)
    }
  })

  test('takes nothing between quotes for a phrase', () => {
    expect(translator.find('x is called "an image".')).toBe('x 叫“an image”。')
  })

  test('takes no single word for a phrase, but where a word is meant', () => {
    expect(translator.find('Remove Loss')).toBe('移除 Loss')
    expect(translator.find('loss is lost.')).toBe('损失已丢失。')
  })

  test('is divided so that what must be a phrase is one', () => {
    expect(translator.find('a expects an image of 3 axes, but b gives 4.')).toBe(
      'a 需要 3 个轴的图像，但 b 给出 4。',
    )
    expect(translator.find('my layer expects heads, but has 3, but b c gives 4.')).toBe(
      'my layer 需要头数，但它有 3，但 b c 给出 4。',
    )
  })

  test('tells a label from the value behind it, and takes the label from the words of the window', () => {
    expect(translator.find('a has Kernel size [0, 3], but it must be 1.')).toBe(
      'a 的卷积核大小是 [0, 3]，但它必须是 1。',
    )
    expect(translator.find('a has Other Thing "x y", but it must be 1.')).toBe(
      'a 的 Other Thing 是 "x y"，但它必须是 1。',
    )
  })

  test('fits no template where a place cannot hold what is there', () => {
    expect(translator.find('Stored at home')).toBe('存于 home')
    expect(translator.find('Stored at some place')).toBeUndefined()
  })
})

describe('lists', () => {
  test('of names and phrases are joined as Chinese does', () => {
    expect(translator.find('Remove a, b and c')).toBe('移除 a、b 和 c')
    expect(translator.find('Remove "x, y" and "p and q"')).toBe('移除“x, y”和“p and q”')
    expect(translator.find('a expects an image of 3 axes, but b gives 4, c gives 5 and d gives 6 × 7.')).toBe(
      'a 需要 3 个轴的图像，但 b 给出 4、c 给出 5 和 d 给出 6 × 7。',
    )
  })

  test('with a part of several unknown words stay as they are', () => {
    expect(translator.find('Remove salt and black pepper')).toBe('移除 salt and black pepper')
  })
})

describe('several sentences', () => {
  test('in a row are said one by one', () => {
    expect(translator.find('Nothing is wrong. x is called "y". Nothing is wrong.')).toBe(
      '一切正常。x 叫“y”。一切正常。',
    )
  })

  test('stay English where one is unknown', () => {
    expect(translator.find('Nothing is wrong. This is new.')).toBeUndefined()
  })

  test('may stand in a place where they are no sentences of ours', () => {
    expect(translator.find('It failed (No such file. Try again).')).toBe('失败（No such file. Try again）。')
  })

  test('may be phrases that were closed with a period', () => {
    expect(translator.find('a is slower. b is slower.')).toBe('a 更慢。b 更慢。')
  })
})

describe('long and strange texts', () => {
  test('are read in a reasonable number of steps', () => {
    const long = Array.from({ length: 400 }, (_, at) => `word${at}, but`).join(' ')
    expect(translator.find(`${long}.`)).toBeUndefined()
    expect(translator.find(`Remove ${long}`)).toBe(`移除 ${long}`)
  })

  test('do not fill the memory: what was found once is found again after many others', () => {
    for (let at = 0; at < 12_000; at++) translator.find(`Remove layer_${at}`)
    expect(translator.find('Remove layer_0')).toBe('移除 layer_0')
  })
})

describe('the language of the window', () => {
  afterEach(() => speak('en'))

  test('decides whether a sentence is translated', () => {
    expect(sentence('The model has no layers.')).toBe('The model has no layers.')
    speak('zh-CN')
    expect(sentence('The model has no layers.')).toBe('模型没有任何层。')
    expect(sentence('Nobody wrote this.')).toBe('Nobody wrote this.')
  })
})
