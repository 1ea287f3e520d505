export const Lamp = async () => ({})
