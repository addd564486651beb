import { baseName, type InventoryReader } from '../reader.ts';

/** gradle.lockfile and the older gradle/dependency-locks/NAME.lockfile: `group:artifact:version=configurations`. */
export const gradleLock: InventoryReader = {
  matches: (path) =>
    /gradle\.lockfile$/.test(baseName(path)) || /(^|\/)dependency-locks\/[^/]+\.lockfile$/.test(path),
  read(bytes, path) {
    return bytes
      .toString('utf8')
      .split(/\r?\n/)
      .flatMap((line) => {
        const [, name, version, configurations] =
          /^([^#:=\s]+:[^:=\s]+):([^:=\s]+)(?:=(.*))?$/.exec(line.trim()) ?? [];
        if (name === undefined || version === undefined) return [];
        const isShipped =
          configurations === undefined ||
          configurations.split(',').some((each) => !/test|annotationProcessor|checkstyle|jacoco/i.test(each));
        return [
          {
            ecosystem: 'Maven' as const,
            name,
            version,
            evidence: [{ path, by: 'lockfile' as const }],
            dependencies: [],
            ...(!isShipped && { development: true }),
          },
        ];
      });
  },
};
