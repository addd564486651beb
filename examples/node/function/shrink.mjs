/** The mean brightness of each box of a picture, as rows of `size` numbers. */
export function shrink({ width, height, pixels }, size) {
  const edge = (index, length) => Math.floor((index * length) / size);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      let sum = 0;
      let count = 0;
      for (let y = edge(row, height); y < Math.max(edge(row + 1, height), edge(row, height) + 1); y++)
        for (
          let x = edge(column, width);
          x < Math.max(edge(column + 1, width), edge(column, width) + 1);
          x++
        ) {
          sum += pixels[y * width + x];
          count++;
        }
      return Math.round(sum / count);
    }),
  );
}
