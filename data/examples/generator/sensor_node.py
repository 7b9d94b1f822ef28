# SPDX-License-Identifier: GPL-3.0-or-later

"""A battery sensor node: RP2040, LoRa radio, climate sensor, accelerometer, USB-C charging."""

from . import connectors, packages, symbols
from .board import Board, mounting_holes, rounded

WIDTH, HEIGHT = 74.0, 48.0


def power(board):
    sheet = board.sheet('/power/')
    sheet.part('J1', 'USB-C', connectors.usb_c(), symbols.USB_C,
               {'GND': 'GND', 'VBUS': 'VBUS', 'CC1': 'CC1', 'CC2': 'CC2', 'D+': '/USB_D+',
                'D-': '/USB_D-', 'SHIELD': 'GND'})
    sheet.r('R1', '5k1', 'CC1', 'GND', '0402')
    sheet.r('R2', '5k1', 'CC2', 'GND', '0402')
    sheet.part('U1', 'USBLC6-2', packages.sot23(6), symbols.USB_ESD,
               {'IO1': '/USB_D-', 'IO2': '/USB_D+', 'GND': 'GND', 'VBUS': 'VBUS'})
    sheet.part('U2', 'MCP73831', packages.sot23(5), symbols.LIPO_CHARGER,
               {'STAT': 'CHARGING', 'VSS': 'GND', 'VBAT': 'VBAT', 'VDD': 'VBUS', 'PROG': 'PROG'})
    sheet.c('C1', '4u7', 'VBUS', size='0603')
    sheet.c('C2', '4u7', 'VBAT', size='0603')
    sheet.r('R3', '2k', 'PROG', 'GND', '0402')
    sheet.r('R4', '1k', 'VBUS', 'CHARGE_LED', '0402')
    sheet.led('D1', 'yellow', 'CHARGING', 'CHARGE_LED')
    sheet.connector('J2', 'LiPo', connectors.wire_header(2, 2.0), ['VBAT', 'GND'])
    sheet.part('Q1', 'DMG2305', packages.sot23(3), symbols.PMOS_SOT23,
               {'G': 'VBUS', 'S': '/VSYS', 'D': 'VBAT'})
    sheet.diode('D2', 'MBR120', 'SOD-123', '/VSYS', 'VBUS')
    sheet.r('R5', '100k', 'VBUS', 'GND', '0402')
    sheet.part('U3', 'AP2112K-3.3', packages.sot23(5), symbols.LDO_SOT23_5,
               {'VIN': '/VSYS', 'GND': 'GND', 'EN': '/VSYS', 'VOUT': '+3V3'})
    sheet.c('C3', '10u', '/VSYS', size='0603')
    sheet.c('C4', '10u', '+3V3', size='0603')
    sheet.c('C5', '100n', '+3V3', size='0402')
    sheet.r('R6', '220k', 'VBAT', '/VBAT_SENSE', '0402')
    sheet.r('R7', '220k', '/VBAT_SENSE', 'GND', '0402')
    sheet.c('C6', '100n', '/VBAT_SENSE', size='0402')


def mcu(board):
    sheet = board.sheet('/mcu/')
    gpio = {0: '/GPIO0', 1: '/GPIO1', 2: '/GPIO2', 3: '/GPIO3', 4: '/SDA', 5: '/SCL',
            6: '/GPIO6', 7: '/GPIO7', 8: '/GPIO8', 9: '/GPIO9', 10: '/GPIO10', 14: '/ACC_INT',
            15: '/LED', 16: '/RADIO_MISO', 17: '/RADIO_NSS', 18: '/RADIO_SCK',
            19: '/RADIO_MOSI', 20: '/RADIO_RESET', 21: '/RADIO_DIO0', 22: '/RADIO_DIO1',
            26: '/ADC0', 27: '/ADC1', 28: '/ADC2', 29: '/VBAT_SENSE'}
    nets = {f'GPIO{io}': net for io, net in gpio.items()}
    nets.update({'IOVDD': '+3V3', 'DVDD': '+1V1', 'ADC_AVDD': '+3V3', 'VREG_VIN': '+3V3',
                 'VREG_VOUT': '+1V1', 'USB_VDD': '+3V3', 'GND': 'GND', 'TESTEN': 'GND',
                 'XIN': 'XIN', 'XOUT': 'XOUT', 'SWCLK': 'SWCLK', 'SWDIO': 'SWDIO', 'RUN': '/RUN',
                 'USB_DM': 'USB_MCU-', 'USB_DP': 'USB_MCU+', 'QSPI_SCLK': 'QSPI_SCLK',
                 'QSPI_SS': 'QSPI_SS'})
    nets.update({f'QSPI_SD{i}': f'QSPI_SD{i}' for i in range(4)})
    sheet.part('U4', 'RP2040', packages.qfn(56, 7, 0.4, 3.2, 0.4, 0.2), symbols.RP2040, nets)
    flash = {f'IO{i}': f'QSPI_SD{i}' for i in range(4)}
    sheet.part('U5', 'W25Q16', packages.soic(8), symbols.SERIAL_FLASH,
               {**flash, 'CS': 'QSPI_SS', 'CLK': 'QSPI_SCLK', 'GND': 'GND', 'VCC': '+3V3'})
    sheet.part('Y1', '12 MHz', packages.crystal_3225(), symbols.CRYSTAL,
               {'X1': 'XIN', 'X2': 'CRYSTAL', 'GND': 'GND'})
    sheet.c('C7', '15p', 'XIN', size='0402')
    sheet.c('C8', '15p', 'CRYSTAL', size='0402')
    sheet.r('R9', '1k', 'XOUT', 'CRYSTAL', '0402')
    sheet.r('R10', '27', '/USB_D-', 'USB_MCU-', '0402')
    sheet.r('R11', '27', '/USB_D+', 'USB_MCU+', '0402')
    for index in range(9, 17):   # six for IOVDD, then USB and ADC supply
        sheet.c(f'C{index}', '100n', '+3V3', size='0402')
    sheet.c('C17', '1u', '+3V3', size='0402')
    for index, value in ((18, '1u'), (19, '100n'), (20, '100n')):
        sheet.c(f'C{index}', value, '+1V1', size='0402')
    sheet.c('C21', '100n', '+3V3', size='0402')
    sheet.r('R12', '10k', '+3V3', 'QSPI_SS', '0402')
    sheet.r('R13', '1k', 'QSPI_SS', 'BOOT', '0402')
    sheet.r('R14', '10k', '+3V3', '/RUN', '0402')
    sheet.two('SW1', 'BOOT', connectors.button(), 'BOOT', 'GND', symbols.BUTTON)
    sheet.two('SW2', 'RESET', connectors.button(), '/RUN', 'GND', symbols.BUTTON)
    sheet.connector('J3', 'SWD', connectors.pin_header(1, 3), ['SWCLK', 'GND', 'SWDIO'])


def sensors(board):
    sheet = board.sheet('/sensors/')
    sheet.part('U6', 'BME280', packages.lga('LGA-8_2.5x2.5mm', 0, 4, 0.65, (2.5, 2.5), 0.35, 0.6),
               symbols.CLIMATE_SENSOR,
               {'GND': 'GND', 'CSB': '+3V3', 'SDI': '/SDA', 'SCK': '/SCL', 'SDO': 'GND',
                'VDDIO': '+3V3', 'VDD': '+3V3'})
    sheet.part('U7', 'LIS3DH', packages.lga('LGA-16_3x3mm', 3, 5, 0.5, (3.0, 3.0), 0.28, 0.5),
               symbols.ACCELEROMETER,
               {'VDD_IO': '+3V3', 'SCL': '/SCL', 'GND': 'GND', 'SDA': '/SDA', 'SDO': 'GND',
                'CS': '+3V3', 'RES': 'GND', 'INT1': '/ACC_INT', 'VDD': '+3V3'})
    for reference in ('C22', 'C23', 'C24'):
        sheet.c(reference, '100n', '+3V3', size='0402')
    sheet.r('R15', '4k7', '+3V3', '/SDA', '0402')
    sheet.r('R16', '4k7', '+3V3', '/SCL', '0402')
    sheet.connector('J4', 'I2C', connectors.wire_socket_smd(4), ['GND', '+3V3', '/SDA', '/SCL'])


def radio(board):
    sheet = board.sheet('/radio/')
    sheet.part('U8', 'RFM95W', packages.castellated_module('Module_16x16mm_P2.0mm', (16, 16), 8, 2),
               symbols.LORA_MODULE,
               {'GND': 'GND', 'MISO': '/RADIO_MISO', 'MOSI': '/RADIO_MOSI', 'SCK': '/RADIO_SCK',
                'NSS': '/RADIO_NSS', 'RESET': '/RADIO_RESET', 'ANT': 'ANTENNA', 'VDD': '+3V3',
                'DIO0': '/RADIO_DIO0', 'DIO1': '/RADIO_DIO1'})
    sheet.c('C25', '100n', '+3V3', size='0402')
    sheet.c('C26', '10u', '+3V3', size='0603')
    sheet.part('J5', 'ANT', connectors.coaxial(), symbols.COAXIAL, {'In': 'ANTENNA', 'Ext': 'GND'})


def inputs_outputs(board):
    root = board.sheet('/')
    root.r('R17', '1k', '/LED', '/LED_A', '0402')
    root.led('D3', 'green', 'GND', '/LED_A')
    root.connector('J6', 'GPIO', connectors.pin_header(2, 10),
                   ['+3V3', '/VSYS', 'GND', 'GND', '/GPIO0', '/GPIO1', '/GPIO2', '/GPIO3',
                    '/SDA', '/SCL', '/GPIO6', '/GPIO7', '/GPIO8', '/GPIO9', '/GPIO10', '/RUN',
                    '/ADC0', '/ADC1', '/ADC2', 'GND'])


def placement(board):
    place = board.place
    place('J1', 3.65, 14, 270, locked=True, label=(0, -5.6))
    place('J2', 6.2, 33, 270, locked=True, label=(0, -3.2))
    place('J4', WIDTH - 2.95, 35, 90, locked=True, label=(0, -3.6))
    place('J5', 69.5, 27.5, 0, locked=True)
    place('J6', 42, 44, 90, locked=True, label=(0, -14.6))
    power_placement(place)
    mcu_placement(place)
    place('U6', 62, 40)
    place('U7', 57, 29.5)
    place('C22', 58, 40, 90)
    place('C23', 62, 36)
    place('C24', 60.5, 31.5, 90)
    place('R15', 63.5, 29.5, 90)
    place('R16', 65.8, 29.5, 90)
    place('U8', 59.5, 15)
    place('C25', 48, 5.5, 90)
    place('C26', 46, 10, 90)
    place('R17', 46.5, 30, 90)
    place('D3', 50, 33)


def power_placement(place):
    place('R1', 10.5, 8.2)
    place('R2', 10.5, 20.5)
    place('U1', 14.5, 14, 90)
    place('D2', 15.5, 5)
    place('U2', 15.5, 24.5)
    place('C1', 20.5, 21.5, 90)
    place('C2', 17.5, 30)
    place('R3', 20.3, 27)
    place('R4', 10.5, 24)
    place('D1', 10, 26.8)
    place('Q1', 19, 34)
    place('R5', 14.5, 34, 90)
    place('U3', 15.5, 40)
    place('C3', 11, 41, 90)
    place('C4', 20.5, 40.5, 90)
    place('C5', 23, 41.5, 90)
    place('R6', 24, 31)
    place('R7', 24, 33.5)
    place('C6', 24, 36)


def mcu_placement(place):
    place('U4', 36, 21)
    place('U5', 36, 8.5, 90)
    place('Y1', 28, 28)
    place('C7', 24.5, 26.5, 90)
    place('C8', 28, 31.5)
    place('R9', 32.5, 28.5, 90)
    place('R10', 24.5, 16.5)
    place('R11', 24.5, 18.5)
    for reference, x, y, angle in (
            ('C9', 29.3, 15, 0), ('C10', 29.2, 20, 90), ('C11', 36, 28.5, 0),
            ('C12', 43, 24.5, 90), ('C13', 43, 18.5, 90), ('C14', 39.5, 14.2, 0),
            ('C15', 32.5, 14.5, 90), ('C16', 43, 15, 90), ('C17', 45, 21.5, 90),
            ('C18', 45, 17.5, 90), ('C19', 39.5, 28.5, 0), ('C20', 36, 14.2, 0),
            ('C21', 31.4, 6, 90)):
        place(reference, x, y, angle)
    place('R12', 42, 6, 90)
    place('R13', 42, 10, 90)
    place('R14', 42.5, 31, 0)
    place('SW1', 26.5, 6)
    place('SW2', 35, 34.5)
    place('J3', 50.5, 36.6, 90)


def design():
    board = Board('sensor-node', 'LoRa Sensor Node', 4, ('GND', '+3V3', '+1V1', 'VBUS', 'VBAT'),
                  'RP2040 with climate sensor, accelerometer and LiPo charger')
    power(board)
    mcu(board)
    sensors(board)
    radio(board)
    inputs_outputs(board)
    mounting_holes(board, 'M2.5', [(3.5, 3.5), (70.5, 3.5), (3.5, 44.5), (70.5, 44.5)])
    placement(board)
    board.outline = rounded([(0, 0, 3), (WIDTH, 0, 3), (WIDTH, HEIGHT, 3), (0, HEIGHT, 3)])
    board.texts = [('LoRa SENSOR NODE', 16, 46.2, 1.2, 0, 'F.SilkS'),
                   ('USB', 3.4, 14, 1.0, 90, 'F.SilkS'), ('LiPo', 3.2, 32, 1.0, 90, 'F.SilkS'),
                   ('I2C', 70.6, 35, 1.0, 90, 'F.SilkS'), ('ANT', 72.3, 27.5, 0.8, 90, 'F.SilkS'),
                   ('Boardwalk', 37, 22, 3, 0, 'B.SilkS'),
                   ('LoRa sensor node, rev 1', 37, 27, 1.4, 0, 'B.SilkS')]
    return board
